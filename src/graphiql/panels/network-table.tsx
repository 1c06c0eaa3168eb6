import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { Network, NetworkNode } from '../result/network-data.js';
import { recordLink } from '../result/record-link.js';
import { networkTexts } from './network-texts.js';
import { useTieWords } from './use-tie-words.js';

/** Shows the ties of a network as a table, for those who do not see the picture. */
export function NetworkTable({ network: { ties } }: { network: Network }) {
  const texts = useTranslation(networkTexts);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const words = useTieWords();
  const link = (node: NetworkNode) => <a href={recordLink(node.id, language, knownAt)}>{words.name(node)}</a>;
  return (
    <section className="desk-pivot" aria-label={texts.table}>
      <h3>{texts.table}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className="desk-scroll" aria-label={texts.ties(ties.length)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[texts.dutch, texts.chinese, texts.status, texts.period].map(head => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ties.map(tie => (
              <tr key={tie.id}>
                <td>{link(tie.dutch)}</td>
                <td>{link(tie.chinese)}</td>
                <td>{words.status(tie.status)}</td>
                <td>{words.period(tie)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
