import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useTranslation } from '../language.js';
import { mapDataOf } from '../result/map-data.js';
import { DaySlider } from './day-slider.js';
import { MapPicture } from './map-picture.js';
import { PicturePanel } from './picture-panel.js';

const translations = {
  en: {
    title: 'Map',
    nothing: 'Nothing to draw: the answer contains no authority with a location. Try this question:',
  },
  nl: {
    title: 'Kaart',
    nothing: 'Er valt niets te tekenen: het antwoord bevat geen overheid met een locatie. Deze vraag heeft ze wel:',
  },
};

/** Draws any result with locations on a map of the two countries. */
export function MapPanel() {
  const texts = useTranslation(translations);
  const { root } = useActiveResult();
  const mapData = useMemo(() => (root ? mapDataOf(root) : undefined), [root]);
  const hasPlaces = mapData && mapData.places.length > 0;
  return (
    <PicturePanel
      title={texts.title}
      file="map"
      controls={<DaySlider />}
      draw={hasPlaces ? (width, svg) => <MapPicture mapData={mapData} width={width} svg={svg} /> : undefined}
      nothing={texts.nothing}
      question="38-all-ties-on-the-map"
    />
  );
}
