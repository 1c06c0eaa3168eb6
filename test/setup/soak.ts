/** Whether this is `npm run soak`: hours are not minded, as long as it finds what is rare. */
export const isSoak = process.env.SOAK !== undefined;

/** How often a test does something: seldom in `npm test`, often in `npm run soak`. */
export const times = (seldom: number, often: number): number => (isSoak ? often : seldom);
