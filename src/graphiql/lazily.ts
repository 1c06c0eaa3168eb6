import { type ComponentType, lazy } from 'react';

/** Returns a component whose code is loaded when it is first shown. */
export const lazily = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await load() }));
