/** Settings that main.mjs passes to every contestant. */
export const port = Number(process.env.PORT);
export const databaseUrl = process.env.DATABASE_URL;
