import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { Arrangement } from '../result/arrangement.js';
import { type Groups, isAdditive, type Measure, totalOf } from '../result/chart-data.js';
import { Card } from './card.js';
import { type ChartLayout, chartPlot, GROUP_BARS } from './chart-plot.js';
import { chartTexts } from './chart-texts.js';
import { Facts, Figure } from './figure.js';
import { usePalette } from './palette.js';
import { usePictureSettings } from './picture-settings.js';
import { PivotTable } from './pivot.js';
import { Plotted } from './plotted.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

/** Draws one list of groups, and its pivot. */
const LAYERS = { [GROUP_BARS]: 0 };

/** Draws groups as bars, and groups of several dimensions as a pivot below them. */
export function ChartPicture(props: {
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
  const { purpose } = usePictureSettings();
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
  if (isAdditive(groups, measure)) {
    const unknown = groups.bars.filter(({ values }) => values.some(value => value === null || value === 'UNKNOWN'));
    facts.push(`n = ${totalOf(groups.bars, measure)}`);
    if (unknown.length > 0) facts.push(texts.ofWhichUnknown(totalOf(unknown, measure)));
  }
  return (
    <>
      <Facts facts={facts} />
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
      {purpose === 'panel' && <Card hint={texts.hint}>{bar && <p>{describe(bar)}</p>}</Card>}
      {purpose === 'panel' && arrangement.columns !== undefined && (
        <PivotTable groups={groups} measure={measure} arrangement={arrangement} axis={axis} by={by} labels={labels} />
      )}
    </>
  );
}
