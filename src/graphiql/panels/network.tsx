import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useTranslation } from '../language.js';
import { networkOf } from '../result/network-data.js';
import { DaySlider, useDayVariable } from './day-slider.js';
import { NetworkPicture } from './network-picture.js';
import { NetworkTable } from './network-table.js';
import { networkTexts } from './network-texts.js';
import { PicturePanel } from './picture-panel.js';

/** Authorities that a picture has room for. */
const MAX_NODES = 400;

/** Draws the ties of the answer as a network of authorities. */
export function NetworkPanel() {
  const texts = useTranslation(networkTexts);
  const { root } = useActiveResult();
  const day = useDayVariable()?.day;
  const network = useMemo(() => (root ? networkOf(root, day) : undefined), [root, day]);
  const hasTies = network && network.ties.length > 0;
  const isTooLarge = network && network.nodes.length > MAX_NODES;
  return (
    <PicturePanel
      title={texts.title}
      file={texts.file}
      controls={<DaySlider />}
      draw={
        hasTies && !isTooLarge
          ? (width, svg) => <NetworkPicture network={network} width={width} svg={svg} />
          : undefined
      }
      below={hasTies && <NetworkTable network={network} />}
      nothing={isTooLarge ? texts.tooMany(network.nodes.length, MAX_NODES) : texts.nothing}
      question={isTooLarge ? '' : '49-network-of-an-authority'}
    />
  );
}
