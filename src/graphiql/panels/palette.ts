import { useGraphiQL } from '@graphiql/react';
import { useSyncExternalStore } from 'react';
import { usePictureSettings } from './picture-settings.js';

/** Colours of the pictures. Set as attributes, not by CSS, so that a saved picture includes them. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly land: string;
  readonly coast: string;
  readonly place: string;
  readonly programme: string;
  readonly point: string;
  /** Colours by partnership status, distinguishable with any colour-vision deficiency (Okabe and Ito). */
  readonly status: Readonly<Record<string, string>>;
  /** Colours of other groups, in this order (Okabe and Ito). */
  readonly series: readonly string[];
}

const light: Palette = {
  paper: '#ffffff',
  ink: '#1d2735',
  faint: '#5b6675',
  land: '#eef1f4',
  coast: '#aab4bf',
  place: '#1d2735',
  programme: '#7d6a9e',
  point: '#1d2735',
  status: {
    ACTIVE: '#0072b2',
    DORMANT: '#b5588f',
    ENDED: '#d55e00',
    UNKNOWN: '#7a8594',
    NOT_YET_STARTED: '#009e73',
    EXCHANGE: '#009e73',
  },
  series: [
    '#0072b2',
    '#e69f00',
    '#009e73',
    '#cc79a7',
    '#d55e00',
    '#56b4e9',
    '#7a8594',
    '#8f7700',
    '#5d3a9b',
    '#1d2735',
  ],
};

const dark: Palette = {
  paper: '#212a3b',
  ink: '#f2f5f9',
  faint: '#b4bfce',
  land: '#33405a',
  coast: '#6f7e99',
  place: '#f2f5f9',
  programme: '#b9a6dc',
  point: '#f2f5f9',
  status: {
    ACTIVE: '#56b4e9',
    DORMANT: '#e59cc6',
    ENDED: '#ff8f3f',
    UNKNOWN: '#9aa6b8',
    NOT_YET_STARTED: '#3fc79a',
    EXCHANGE: '#3fc79a',
  },
  series: [
    '#56b4e9',
    '#e69f00',
    '#3fc79a',
    '#e59cc6',
    '#ff8f3f',
    '#8fd3ff',
    '#9aa6b8',
    '#f0e442',
    '#b9a6dc',
    '#f2f5f9',
  ],
};

/** Dash patterns by status, so that the status does not depend on colour alone. */
export const DASH_PATTERNS: Readonly<Record<string, string>> = { ENDED: '6 4', DORMANT: '2 4', EXCHANGE: '1 4' };

/** Returns the attributes of a label in a picture: ink with a line of paper around it, readable over lines. */
export const labelPaint = ({ ink, paper }: Palette) =>
  ({ fontSize: 11, fill: ink, stroke: paper, strokeWidth: 3, paintOrder: 'stroke' }) as const;

/** Paper is light, whatever the theme of the screen. */
const media = [matchMedia('screen'), matchMedia('(prefers-color-scheme: dark)')] as const;
const [screen, darkScheme] = media;
const subscribeToMedia = (listener: () => void) => {
  for (const list of media) list.addEventListener('change', listener);
  return () => {
    for (const list of media) list.removeEventListener('change', listener);
  };
};

/** Returns the palette of the current theme; a saved or printed picture is always light. */
export function usePalette(): Palette {
  const theme = useGraphiQL(state => state.theme);
  const { purpose } = usePictureSettings();
  const isDark = useSyncExternalStore(
    subscribeToMedia,
    () => screen.matches && (theme ? theme === 'dark' : darkScheme.matches),
  );
  return isDark && purpose !== 'saved' ? dark : light;
}
