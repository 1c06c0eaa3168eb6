import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import {
  type Arrangement,
  arrange,
  type Groups,
  groupsOf,
  isAdditive,
  type Measure,
  totalOf,
} from '../result/chart-data.js';
import { enumValueName } from '../result/format.js';
import { Card } from './card.js';
import { type ChartLayout, chartPlot, GROUP_BARS, LAYOUTS } from './chart-plot.js';
import { chartTexts } from './chart-texts.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { usePictureSettings } from './picture-settings.js';
import { PivotTable } from './pivot.js';
import { Plotted } from './plotted.js';
import { Select } from './select.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

/** Draws counted groups as bars, and groups of several dimensions as a pivot, too. */
export function ChartPanel() {
  const texts = useTranslation(chartTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const { root } = useActiveResult();
  const all = useMemo(() => (root ? groupsOf(root, language) : []), [root, language]);
  const [selectedTitle, setSelectedTitle] = useState('');
  const [measure, setMeasure] = useState<Measure>('count');
  const [chosenLayout, setLayout] = useState<ChartLayout>();
  const [chosenRows, setRows] = useState<string>();
  const groups = all.find(({ title }) => title === selectedTitle) ?? all[0];
  const shownMeasure = groups?.measures.includes(measure) ? measure : groups?.measures[0];
  const axisLabel = (name: Measure) =>
    name === 'count' ? texts.axis.count[groups?.groupType ?? 'PartnershipGroup'] : texts.axis[name];
  const rows = groups?.dimensions.findIndex(({ field }) => field === chosenRows);
  const arrangement = useMemo(() => groups && arrange(groups, rows), [groups, rows]);
  // Lanes for all pairs of two dimensions make a long list: each value of the second has a facet.
  const layout = chosenLayout ?? (arrangement?.split === undefined ? 'stacked' : 'multiples');
  const dimension = groups?.groupType === 'PartnershipGroup' ? 'PartnershipDimension' : 'ExchangeDimension';
  const labelOfField = (field: string) => enumLabel(dimension, enumValueName(field));
  const choices = groups && shownMeasure && arrangement && (
    <div className="desk-choices">
      {all.length > 1 && (
        <Select
          label={texts.groups}
          value={groups.title}
          options={all.map(({ title }) => [title, title])}
          choose={setSelectedTitle}
        />
      )}
      {groups.measures.length > 1 && (
        <Select
          label={texts.measure}
          value={shownMeasure}
          options={groups.measures.map(name => [name, axisLabel(name)])}
          choose={setMeasure}
        />
      )}
      {arrangement.columns !== undefined && (
        <>
          <Select
            label={texts.rows}
            value={groups.dimensions[arrangement.rows]?.field ?? ''}
            options={groups.dimensions.slice(0, 3).map(({ field }) => [field, labelOfField(field)])}
            choose={setRows}
          />
          <Select
            label={texts.layout}
            value={layout}
            options={LAYOUTS.map(option => [option, texts.layouts[option]])}
            choose={setLayout}
          />
        </>
      )}
    </div>
  );
  return (
    <PicturePanel
      title={texts.title}
      file={texts.file}
      controls={choices}
      draw={
        groups && shownMeasure && arrangement
          ? (width, svg) => (
              <Picture
                groups={groups}
                measure={shownMeasure}
                arrangement={arrangement}
                layout={layout}
                axis={axisLabel(shownMeasure)}
                by={groups.dimensions.map(({ field }) => labelOfField(field))}
                width={width}
                svg={svg}
              />
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
  arrangement: Arrangement;
  layout: ChartLayout;
  axis: string;
  /** Labels of the dimensions. */
  by: readonly string[];
  width: number;
  svg: RefObject<SVGSVGElement | null>;
}) {
  const { groups, measure, arrangement, layout, axis, by, width, svg } = props;
  const texts = useTranslation(chartTexts);
  const palette = usePalette();
  const { isSaved } = usePictureSettings();
  const enumLabel = useEnumLabels(useReaderLanguage());
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  const labels = useMemo(() => ({ ...texts, enumLabel }), [texts, enumLabel]);
  const { options, legend, height, bars, describe } = useMemo(
    () => chartPlot({ groups, measure, arrangement, layout, axis, labels, palette, width }),
    [groups, measure, arrangement, layout, axis, labels, palette, width],
  );
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(bars[mark]?.record ?? null));
  const bar = bars[focused];
  const facts = [`${axis} · ${by.join(' × ')}`];
  if (isAdditive(measure)) {
    const unknown = groups.bars.filter(({ values }) => values.some(value => value === null || value === 'UNKNOWN'));
    facts.push(`n = ${totalOf(groups.bars, measure)}`);
    if (unknown.length > 0) facts.push(texts.ofWhichUnknown(totalOf(unknown, measure)));
  }
  return (
    <>
      <p className="desk-count">{facts.join(' · ')}</p>
      <Figure
        title={questionTitle ?? texts.title}
        facts={facts}
        legend={legend}
        palette={palette}
        width={width}
        height={height}
        svg={svg}
      >
        <Plotted options={options} layers={LAYERS} palette={palette} />
      </Figure>
      {!isSaved && <Card hint={texts.hint}>{bar && <p>{describe(bar)}</p>}</Card>}
      {!isSaved && arrangement.columns !== undefined && (
        <PivotTable groups={groups} measure={measure} arrangement={arrangement} axis={axis} by={by} labels={labels} />
      )}
    </>
  );
}
