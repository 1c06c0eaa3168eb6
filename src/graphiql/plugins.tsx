import type { GraphiQLPlugin } from '@graphiql/react';
import { HISTORY_PLUGIN } from 'graphiql';
import { type ComponentType, Suspense } from 'react';
import { lazily } from './lazily.js';

/** Returns an icon drawn by strokes in a 20 × 20 view box. */
const icon =
  (path: string): ComponentType =>
  props => (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...props}
    >
      <path d={path} />
    </svg>
  );

/** Returns a panel whose code is loaded when it is first opened. */
function panel(title: string, path: string, load: () => Promise<ComponentType>): GraphiQLPlugin {
  const Content = lazily(load);
  return {
    title,
    icon: icon(path),
    content: () => (
      <Suspense fallback={<p role="status">…</p>}>
        <Content />
      </Suspense>
    ),
  };
}

/** History of GraphiQL, and the panels of this page. */
export const plugins: GraphiQLPlugin[] = [
  HISTORY_PLUGIN,
  panel(
    'Questions',
    'M3 4h14v10H9l-4 3v-3H3zM8 7.5a2 2 0 1 1 2 2v1M10 12.4v.1',
    async () => (await import('./panels/questions.js')).QuestionsPanel,
  ),
  panel('Table', 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12', async () => (await import('./panels/table.js')).TablePanel),
  panel(
    'Map',
    'M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12',
    async () => (await import('./panels/map.js')).MapPanel,
  ),
  panel('Timeline', 'M3 5h8M6 10h10M4 15h6M3 2v16', async () => (await import('./panels/timeline.js')).TimelinePanel),
  panel('Chart', 'M4 17V9M10 17V3M16 17v-6M2 17h16', async () => (await import('./panels/chart.js')).ChartPanel),
  panel(
    'Network',
    'M5 5 10 10M15 5l-5 5M10 10v6M3.2 5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0M13.2 5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0M8.2 16.2a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0',
    async () => (await import('./panels/network.js')).NetworkPanel,
  ),
  panel(
    'Evidence',
    'M5 2h7l4 4v12H5zM12 2v4h4M8 10h5M8 14h5',
    async () => (await import('./panels/evidence.js')).EvidencePanel,
  ),
  panel(
    'Builder',
    'M3 4h8M3 8h8M3 12h5M3 16h5M15 9v8M11 13h8',
    async () => (await import('./builder/builder.js')).BuilderPanel,
  ),
  panel('Code', 'M7 5 2 10l5 5M13 5l5 5-5 5M11 3 9 17', async () => (await import('./panels/code.js')).CodePanel),
  panel(
    'Ids',
    'M3 4h6M3 8h6M3 12h6M3 16h6M12 10h5M14.5 7.5 17 10l-2.5 2.5',
    async () => (await import('./panels/match.js')).MatchPanel,
  ),
  panel(
    'Proposals',
    'M4 3h8l4 4v10H4zM7 8h4M7 11.5l2 2 4-4.5',
    async () => (await import('./proposals/proposals-panel.js')).ProposalsPanel,
  ),
];
