declare module 'virtual:outlines' {
  /** Outlines of the two countries, extracted from Natural Earth at build time. */
  export const netherlands: import('d3-geo').GeoPermissibleObjects;
  export const china: import('d3-geo').GeoPermissibleObjects;
}
