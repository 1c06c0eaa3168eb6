import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useAliasLabels } from '../alias-labels.js';
import { useEnumLabels, useFieldLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { arrange } from '../result/arrangement.js';
import { groupsOf, type Measure } from '../result/chart-data.js';
import { fieldWord } from '../result/column-labels.js';
import { enumValueName } from '../result/format.js';
import { useViewSetting } from '../view-settings.js';
import { ChartPicture } from './chart-picture.js';
import { LAYOUTS } from './chart-plot.js';
import { chartTexts } from './chart-texts.js';
import { PicturePanel } from './picture-panel.js';
import { Select } from './select.js';

/** Draws counted groups as bars, and groups of several dimensions as a pivot, too. */
export function ChartPanel() {
  const texts = useTranslation(chartTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const aliasLabel = useAliasLabels();
  const fieldLabel = useFieldLabels();
  const { root } = useActiveResult();
  const all = useMemo(() => (root ? groupsOf(root, language) : []), [root, language]);
  const [selectedTitle, setSelectedTitle] = useViewSetting('chart.groups');
  const [chosenMeasure, setMeasure] = useViewSetting('chart.measure');
  const [chosenLayout, setLayout] = useViewSetting('chart.layout');
  const [chosenRows, setRows] = useViewSetting('chart.rows');
  const groups = all.find(({ title }) => title === selectedTitle) ?? all[0];
  const shownMeasure = groups?.measures.find(measure => measure === chosenMeasure) ?? groups?.measures[0];
  const axisLabel = (name: Measure) =>
    name === 'count' ? texts.axis.count[groups?.groupType ?? 'PartnershipGroup'] : texts.axis[name];
  const rows = groups?.dimensions.findIndex(({ field }) => field === chosenRows);
  const arrangement = useMemo(() => groups && arrange(groups, rows), [groups, rows]);
  // Lanes for all pairs of two dimensions make a long list: each value of the second has a facet.
  const layout =
    LAYOUTS.find(option => option === chosenLayout) ?? (arrangement?.split === undefined ? 'stacked' : 'multiples');
  const dimension = groups?.groupType === 'PartnershipGroup' ? 'PartnershipDimension' : 'ExchangeDimension';
  const labelOfField = (field: string) => enumLabel(dimension, enumValueName(field));
  const choices = groups && shownMeasure && arrangement && (
    <div className="desk-choices">
      {all.length > 1 && (
        <Select
          label={texts.groups}
          value={groups.title}
          options={all.map(({ title }) => [title, aliasLabel(title) ?? fieldWord(title, language, fieldLabel)])}
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
              <ChartPicture
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
