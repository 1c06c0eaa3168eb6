declare module 'virtual:outlines' {
  /** The land of the two countries, as the map draws it. Made from Natural Earth when the page is built. */
  export const netherlands: import('d3-geo').GeoPermissibleObjects;
  export const china: import('d3-geo').GeoPermissibleObjects;
}
