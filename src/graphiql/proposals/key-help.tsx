import { BULK_KEYS } from './bulk.js';
import { useProposalTexts } from './texts.js';

/** Lists the keys of the review. */
export function KeyHelp() {
  const { keys, keyHelp, keyNote } = useProposalTexts();
  const lines: [string[], string][] = [
    [['j', 'k', '↓', '↑'], keyHelp.move],
    [['a'], keyHelp.accept],
    [['r'], keyHelp.reject],
    [['b'], keyHelp.both],
    [['1', '9'], keyHelp.choose],
    [Object.values(BULK_KEYS).map(key => `⇧${key}`), keyHelp.bulk],
  ];
  return (
    <p className="proposal-keys">
      {keys}:{' '}
      {lines.map(([names, text]) => (
        <span key={text}>
          {names.map((name, n) => (
            <span key={name}>
              {n > 0 && (name === '9' ? '–' : ' ')}
              <kbd>{name}</kbd>
            </span>
          ))}{' '}
          {text}
        </span>
      ))}
      <small>{keyNote}</small>
    </p>
  );
}
