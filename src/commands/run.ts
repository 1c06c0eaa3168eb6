import { StartError } from '../config/config.js';
import { SeedError } from '../database/seed/seed.problem.js';

/**
 * Runs a command of an operator. What the operator can mend ends it with one clear message and exit code 1; anything
 * else is a bug, and shows where it is.
 *
 * @param options What may stand behind the command; `takesArguments` leaves all of them to it.
 */
export async function run(
  command: () => Promise<void>,
  { takesArguments = false, options = [] as string[] } = {},
): Promise<void> {
  try {
    const unknown = process.argv.slice(2).find(argument => !options.includes(argument));
    if (unknown !== undefined && !takesArguments) {
      throw new StartError(
        `${unknown} is not known: this command takes ${options.join(', ') || 'no arguments'}, its settings stand in the environment.`,
      );
    }
    await command();
  } catch (error) {
    const expected = error instanceof StartError || error instanceof SeedError;
    console.error(expected ? error.message : error);
    process.exit(1);
  }
}
