/** What every contestant is told by main.mjs. */
export const port = Number(process.env.PORT);
export const databaseUrl = process.env.DATABASE_URL;
