import { createContext, useContext } from 'react';

/** Settings of the picture of a panel. */
export interface PictureSettings {
  /** Title that the reader wrote; the title of the question if undefined. */
  readonly title: string | undefined;
  /** True for the copy that is saved: on light paper, with what a reader of a report must know. */
  readonly isSaved: boolean;
}

export const PictureContext = createContext<PictureSettings>({ title: undefined, isSaved: false });

export const usePictureSettings = (): PictureSettings => useContext(PictureContext);
