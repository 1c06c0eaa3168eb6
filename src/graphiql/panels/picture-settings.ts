import { createContext, useContext } from 'react';

/** Settings of the picture of a panel. */
export interface PictureSettings {
  /** Title that the reader wrote; the title of the question if undefined. */
  readonly title: string | undefined;
  /**
   * `panel`: for a reader who points at it. `saved`: the copy that is saved, on light paper, with what a reader of a report
   * must know. `thumbnail`: the drawing alone.
   */
  readonly purpose: 'panel' | 'saved' | 'thumbnail';
}

export const PictureContext = createContext<PictureSettings>({ title: undefined, purpose: 'panel' });

export const usePictureSettings = (): PictureSettings => useContext(PictureContext);
