import { useMemo } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { STATUS_ORDER } from '../result/chart-data.js';
import { folded } from '../result/folded.js';
import { formatDate } from '../result/format.js';
import type { Arc, MapData, Place } from '../result/map-data.js';
import { labelOf, nameIn } from '../result/objects.js';
import { countTies, type TieOnDay } from '../result/status-on-day.js';
import type { LegendItem } from './legend.js';
import { mapTexts } from './map-texts.js';
import { DASH_PATTERNS, type Palette } from './palette.js';
import { tiePeriod } from './tie-period.js';

/** Map of a result; with a day, its statuses are those of the day. */
export interface MapOfDay {
  readonly day: string | undefined;
  readonly mapData: MapData;
  readonly ties: ReadonlyMap<string, TieOnDay>;
}

export const colorOf = (palette: Palette, { status }: Arc) => palette.status[status ?? 'UNKNOWN'] ?? palette.faint;

/** Tells if a place has a folded text in one of its names. */
export const isNamed = ({ displayName }: Place, text: string) =>
  [displayName.nl, displayName.en, displayName.zh].some(name => name && folded(name).includes(text));

interface ArcLabels {
  readonly status: (status: string | null) => string;
  readonly period: (arc: Arc) => string | null;
  readonly describe: (arc: Arc) => string;
  /** Returns a number of ties of unknown status, and how many of them had begun. */
  readonly begun: (count: number, begun: number) => string;
}

/** Returns functions that label arcs in the current language. */
export function useArcLabels(isOfDay: boolean): ArcLabels {
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  return useMemo(() => {
    const status = (value: string | null) =>
      value === 'EXCHANGE'
        ? texts.exchange
        : value === null
          ? texts.statusNotSelected
          : value === 'UNKNOWN' && isOfDay
            ? texts.unknown
            : enumLabel('PartnershipStatus', value);
    const period = (arc: Arc) =>
      arc.status === 'EXCHANGE' ? arc.startedOn && formatDate(arc.startedOn, language) : tiePeriod(arc, language);
    const sides = ({ dutch, chinese }: Arc) =>
      [nameIn(dutch.displayName, language), nameIn(chinese.displayName, language)].filter(Boolean).join(' – ');
    const describe = (arc: Arc) =>
      `${labelOf(arc.record, language) || sides(arc)}, ${status(arc.status)}, ${period(arc)}`;
    return { status, period, describe, begun: texts.begun };
  }, [texts, language, enumLabel, isOfDay]);
}

/** Returns an item per status of the maps, with its number on each; of unknown ones, how many had begun. */
export function legendOf(maps: readonly MapOfDay[], labels: ArcLabels, palette: Palette): LegendItem[] {
  const arcs = maps.flatMap(({ mapData }) => mapData.arcs);
  const statuses = [...new Set(arcs.map(({ status }) => status))].sort(
    (a, b) => STATUS_ORDER.indexOf(a) - STATUS_ORDER.indexOf(b),
  );
  return statuses.map(status => {
    const counts = maps.map(({ mapData, ties }) => {
      const count = mapData.arcs.filter(arc => arc.status === status).length;
      // Two days have their numbers in words below them.
      const begun = status === 'UNKNOWN' && maps.length === 1 ? countTies(ties).unknownBegun : 0;
      return begun > 0 ? labels.begun(count, begun) : String(count);
    });
    const [arc] = arcs.filter(candidate => candidate.status === status);
    return {
      key: status ?? '',
      label: `${labels.status(status)} (${counts.join(' → ')})`,
      color: colorOf(palette, arc as Arc),
      shape: 'line',
      dash: DASH_PATTERNS[status ?? ''],
    };
  });
}
