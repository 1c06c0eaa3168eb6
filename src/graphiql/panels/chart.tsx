import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useLanguage, useTranslation } from '../language.js';
import { type Groups, groupsOf, type Measure } from '../result/chart-data.js';
import { enumValueName } from '../result/format.js';
import { Card } from './card.js';
import { chartPlot, GROUP_BARS } from './chart-plot.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { Plotted } from './plotted.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const translations = {
  en: {
    title: 'Chart',
    nothing:
      'Nothing to count: the answer contains no partnershipGroups or exchangeGroups with a count. Try this question:',
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

/** Draws counted groups as bars; groups with two dimensions as stacked bars. */
export function ChartPanel() {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const { root } = useActiveResult();
  const all = useMemo(() => (root ? groupsOf(root, language) : []), [root, language]);
  const [selectedTitle, setSelectedTitle] = useState('');
  const [measure, setMeasure] = useState<Measure>('count');
  const groups = all.find(({ title }) => title === selectedTitle) ?? all[0];
  const shownMeasure = groups?.measures.includes(measure) ? measure : groups?.measures[0];
  const axisLabel = (name: Measure) =>
    name === 'count' ? texts.axis.count[groups?.groupType ?? 'PartnershipGroup'] : texts.axis[name];
  const choices = groups && shownMeasure && (
    <div className="desk-choices">
      {all.length > 1 && (
        <label>
          {texts.groups}{' '}
          <select value={groups.title} onChange={event => setSelectedTitle(event.target.value)}>
            {all.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </label>
      )}
      {groups.measures.length > 1 && (
        <label>
          {texts.measure}{' '}
          <select value={shownMeasure} onChange={event => setMeasure(event.target.value as Measure)}>
            {groups.measures.map(name => (
              <option key={name} value={name}>
                {axisLabel(name)}
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
      controls={choices}
      draw={
        groups && shownMeasure
          ? (width, svg) => (
              <Picture groups={groups} measure={shownMeasure} axis={axisLabel(shownMeasure)} width={width} svg={svg} />
            )
          : undefined
      }
      nothing={texts.nothing}
      question="10-ties-by-decade-and-status"
    />
  );
}

const LAYERS = { [GROUP_BARS]: 0 };

function Picture(props: {
  groups: Groups;
  measure: Measure;
  axis: string;
  width: number;
  svg: RefObject<SVGSVGElement | null>;
}) {
  const { groups, measure, axis, width, svg } = props;
  const texts = useTranslation(translations);
  const palette = usePalette();
  const enumLabel = useEnumLabels();
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(groups.bars[mark]?.record ?? null));
  const { options, legend, height, describe } = useMemo(
    () => chartPlot(groups, measure, axis, { ...texts, enumLabel }, palette, width),
    [groups, measure, axis, texts, enumLabel, palette, width],
  );
  const bar = groups.bars[focused];
  const dimension = groups.groupType === 'PartnershipGroup' ? 'PartnershipDimension' : 'ExchangeDimension';
  const by = groups.dimensions.map(({ field }) => enumLabel(dimension, enumValueName(field))).join(' × ');
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
      <Card hint={texts.hint}>{bar && <p>{describe(bar)}</p>}</Card>
    </>
  );
}
