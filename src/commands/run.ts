import { StartError } from '../config/config.js';
import { SeedError } from '../database/seed/seed.error.js';

/**
 * Runs a command-line program. A mistake of the operator, and a database that refuses, end the process with a one-line message
 * and exit code 1; any other error is a bug, and is printed with its stack.
 *
 * @param command Called once, after the arguments are checked. Its rejection ends the process with exit code 1.
 * @param options The allowed arguments. With `takesArguments` they are not checked: the command parses them.
 */
export async function run(
  command: () => Promise<void>,
  { takesArguments = false, options = [] as string[] } = {},
): Promise<void> {
  try {
    const unknown = process.argv.slice(2).find(argument => !options.includes(argument));
    if (unknown !== undefined && !takesArguments) {
      throw new StartError(
        `${unknown} is not known: this command takes ${options.join(', ') || 'no arguments'}; settings are environment variables.`,
      );
    }
    await command();
  } catch (error) {
    const expected = error instanceof StartError || error instanceof SeedError;
    // Loaded for an error alone: a start does not wait for it.
    const refusalOf = expected ? undefined : (await import('./refusal.js')).refusalOf;
    console.error(expected ? error.message : (refusalOf?.(error) ?? error));
    process.exit(1);
  }
}
