import { useMemo } from 'react';
import { useAnswer } from '../active-result.js';
import { useWords } from '../language.js';
import { locate } from '../result/ties.js';
import { DaySlider } from './day-slider.js';
import { MapPicture } from './map-picture.js';
import { PicturePanel } from './picture-panel.js';

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
  const something = located && located.places.length > 0;
  return (
    <PicturePanel
      title={texts.title}
      file="map"
      above={<DaySlider />}
      draw={something ? (width, svg) => <MapPicture located={located} width={width} svg={svg} /> : undefined}
      nothing={texts.nothing}
      question="38-all-ties-on-the-map"
    />
  );
}
