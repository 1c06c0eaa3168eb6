import { type RefObject, useMemo, useState } from 'react';
import { selected, useAnswer } from '../active-result.js';
import { useEnumWords } from '../enum-words.js';
import { useTongue, useWords } from '../language.js';
import { type Groups, groupsOf, type Measure } from '../result/groups.js';
import { constantOf } from '../result/words.js';
import { Card } from './card.js';
import { BARS, chartPlot } from './chart-plot.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { Plotted } from './plotted.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const words = {
  en: {
    title: 'Chart',
    nothing:
      'There is nothing to count: the answer holds no partnershipGroups or exchangeGroups with a count. This question has them:',
    unknown: 'unknown',
    measure: 'Show',
    groups: 'Groups',
    axis: {
      count: { PartnershipGroup: 'Number of ties', ExchangeGroup: 'Number of exchanges' },
      authorityCount: 'Number of authorities',
      exchangeCount: 'Number of exchanges',
    },
    decade: (year: number) => `${year}s`,
    hint: 'Point at a bar, or use Tab and the arrow keys.',
  },
  nl: {
    title: 'Grafiek',
    nothing:
      'Er valt niets te tellen: het antwoord bevat geen partnershipGroups of exchangeGroups met een aantal. Deze vraag heeft ze:',
    unknown: 'onbekend',
    measure: 'Toon',
    groups: 'Groepen',
    axis: {
      count: { PartnershipGroup: 'Aantal banden', ExchangeGroup: 'Aantal uitwisselingen' },
      authorityCount: 'Aantal overheden',
      exchangeCount: 'Aantal uitwisselingen',
    },
    decade: (year: number) => `${year}–${year + 9}`,
    hint: 'Wijs een balk aan, of gebruik Tab en de pijltoetsen.',
  },
};

/** Counted groups as bars; groups by two things as stacked bars. */
export function Chart() {
  const texts = useWords(words);
  const tongue = useTongue();
  const { root } = useAnswer();
  const all = useMemo(() => (root ? groupsOf(root, tongue) : []), [root, tongue]);
  const [chosen, setChosen] = useState('');
  const [measure, setMeasure] = useState<Measure>('count');
  const groups = all.find(({ title }) => title === chosen) ?? all[0];
  const counted = groups?.measures.includes(measure) ? measure : groups?.measures[0];
  const axis = (one: Measure) =>
    one === 'count' ? texts.axis.count[groups?.of ?? 'PartnershipGroup'] : texts.axis[one];
  const choices = groups && counted && (
    <div className="desk-choices">
      {all.length > 1 && (
        <label>
          {texts.groups}{' '}
          <select value={groups.title} onChange={event => setChosen(event.target.value)}>
            {all.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </label>
      )}
      {groups.measures.length > 1 && (
        <label>
          {texts.measure}{' '}
          <select value={counted} onChange={event => setMeasure(event.target.value as Measure)}>
            {groups.measures.map(one => (
              <option key={one} value={one}>
                {axis(one)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
  return (
    <PicturePanel
      title={texts.title}
      file="chart"
      above={choices}
      draw={
        groups && counted
          ? (width, svg) => <Picture groups={groups} measure={counted} axis={axis(counted)} width={width} svg={svg} />
          : undefined
      }
      nothing={texts.nothing}
      question="10-ties-by-decade-and-status"
    />
  );
}

const LAYERS = { [BARS]: 0 };

function Picture(props: {
  groups: Groups;
  measure: Measure;
  axis: string;
  width: number;
  svg: RefObject<SVGSVGElement | null>;
}) {
  const { groups, measure, axis, width, svg } = props;
  const texts = useWords(words);
  const palette = usePalette();
  const enumWords = useEnumWords();
  const questionTitle = useQuestionTitle();
  const [shown, setShown] = useState(-1);
  useMarkNavigation(svg, setShown, mark => selected.set(groups.bars[mark]?.record ?? null));
  const { options, legend, height, say } = useMemo(
    () => chartPlot(groups, measure, axis, { ...texts, enumWords }, palette, width),
    [groups, measure, axis, texts, enumWords, palette, width],
  );
  const bar = groups.bars[shown];
  const dimension = groups.of === 'PartnershipGroup' ? 'PartnershipDimension' : 'ExchangeDimension';
  const by = groups.dimensions.map(({ field }) => enumWords(dimension, constantOf(field))).join(' × ');
  return (
    <>
      <p className="desk-count">{`${axis} · ${by}`}</p>
      <Figure
        title={questionTitle ?? texts.title}
        legend={legend}
        palette={palette}
        width={width}
        height={height}
        svg={svg}
      >
        <Plotted options={options} layers={LAYERS} palette={palette} />
      </Figure>
      <Card hint={texts.hint}>{bar && <p>{say(bar)}</p>}</Card>
    </>
  );
}
