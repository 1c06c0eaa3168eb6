import { useMemo, useRef } from 'react';
import { locate } from '../answer/ties.js';
import { useAnswer } from '../page-answers.js';
import { useWords } from '../tongue.js';
import { DaySlider } from './day-slider.js';
import { SaveButtons } from './figure.js';
import { MapPicture } from './map-picture.js';
import { Nothing, Panel } from './panel.js';
import { useWidth } from './use-width.js';

const words = {
  en: {
    title: 'Map',
    nothing: 'There is nothing to draw: the answer holds no authority with a location. This question has them:',
  },
  nl: {
    title: 'Kaart',
    nothing: 'Er valt niets te tekenen: het antwoord bevat geen overheid met een locatie. Deze vraag heeft ze wel:',
  },
};

/** Any answer with places, as the two countries with ties between them. */
export function TieMap() {
  const texts = useWords(words);
  const { root } = useAnswer();
  const located = useMemo(() => (root ? locate(root) : undefined), [root]);
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  const something = located && located.places.length > 0;
  return (
    <Panel title={texts.title} tools={something && <SaveButtons name="map" svg={svg} />}>
      <DaySlider />
      <div ref={frame} className="desk-frame">
        {something && width > 0 && <MapPicture located={located} width={width} svg={svg} />}
      </div>
      {!something && <Nothing question="38-all-ties-on-the-map">{texts.nothing}</Nothing>}
    </Panel>
  );
}
