import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { ask } from '../ask.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { questions } from '../questions.js';
import { STATUS_ORDER } from '../result/chart-data.js';
import type { Network, NetworkNode } from '../result/network-data.js';
import { nameIn } from '../result/objects.js';
import { Card } from './card.js';
import { Facts, Figure } from './figure.js';
import { layOutNetwork, type NetworkPoint } from './network-layout.js';
import { NodeMark } from './network-node.js';
import { networkTexts } from './network-texts.js';
import { DASH_PATTERNS, usePalette } from './palette.js';
import { usePictureSettings } from './picture-settings.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';
import { useTieWords } from './use-tie-words.js';

/** Asks for the network of one authority. */
function openNetwork({ id }: NetworkNode): void {
  const question = questions.get('49-network-of-an-authority');
  if (question) ask({ ...question, variables: JSON.stringify({ id }, null, 2), run: 'always' });
}

/** Draws a network. The focused authority and its partners stand out; Enter moves to its own network. */
export function NetworkPicture(props: { network: Network; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { network, width, svg } = props;
  const { nodes, ties, centre } = network;
  const texts = useTranslation(networkTexts);
  const language = useReaderLanguage();
  const palette = usePalette();
  const words = useTieWords();
  const { purpose } = usePictureSettings();
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  const { points, height } = useMemo(
    () => layOutNetwork(network, ({ displayName, id }) => nameIn(displayName, language) ?? id, width),
    [network, language, width],
  );
  // In the order of reading, which is the order of the arrow keys: from the centre outwards, or from the top.
  const marks = useMemo(() => inReadingOrder(nodes, points, centre), [nodes, points, centre]);
  const focus = marks[focused];
  useMarkNavigation(
    svg,
    mark => {
      setFocused(mark);
      selectedRecord.set(marks[mark]?.record ?? null);
    },
    mark => marks[mark] && openNetwork(marks[mark]),
  );
  const tiesOf = (node: NetworkNode) => ties.filter(({ dutch, chinese }) => dutch === node || chinese === node);
  const own = focus ? tiesOf(focus) : [];
  const near = new Set(own.flatMap(({ dutch, chinese }) => [dutch, chinese]));
  const statuses = [...new Set(ties.map(({ status }) => status))].toSorted(
    (a, b) => STATUS_ORDER.indexOf(a) - STATUS_ORDER.indexOf(b),
  );
  const unknown = ties.filter(({ status }) => status === 'UNKNOWN').length;
  const facts = [texts.authorities(nodes.length), texts.ties(ties.length)];
  if (unknown > 0) facts.push(texts.ofWhichUnknown(unknown));
  return (
    <>
      <Facts facts={facts} />
      <Figure
        title={centre ? texts.of(words.name(centre)) : (questionTitle ?? texts.title)}
        facts={facts}
        credits={texts.shapes}
        legend={statuses.map(status => ({
          key: status,
          label: words.status(status),
          color: palette.status[status] ?? palette.faint,
          shape: 'line',
          dash: DASH_PATTERNS[status],
        }))}
        palette={palette}
        width={width}
        height={height}
        svg={svg}
      >
        {ties.map(({ id, dutch, chinese, status }) => {
          const [from, to] = [points.get(dutch.id), points.get(chinese.id)];
          const isOwn = dutch === focus || chinese === focus;
          return (
            <path
              key={id}
              data-tie={id}
              d={`M${from?.x} ${from?.y}L${to?.x} ${to?.y}`}
              stroke={palette.status[status] ?? palette.faint}
              strokeWidth={isOwn ? 3.5 : 1.8}
              strokeOpacity={focus && !isOwn ? 0.35 : 0.95}
              strokeDasharray={DASH_PATTERNS[status]}
            />
          );
        })}
        {marks.map((node, mark) => {
          const point = points.get(node.id);
          return point ? (
            <NodeMark
              key={node.id}
              mark={mark}
              point={point}
              name={words.name(node)}
              label={`${words.name(node)}: ${texts.ties(tiesOf(node).length)}`}
              emphasis={node === focus ? 'focused' : focus && !near.has(node) ? 'dimmed' : 'none'}
              isCentre={node === centre}
              palette={palette}
            />
          ) : null;
        })}
      </Figure>
      {purpose === 'panel' && (
        <Card hint={texts.hint} record={focus?.record}>
          {focus && (
            <>
              <p>
                <strong>{words.name(focus)}</strong> · {texts.ties(own.length)}
              </p>
              <ul>
                {own.map(tie => (
                  <li key={tie.id}>
                    {words.name(tie.dutch === focus ? tie.chinese : tie.dutch)}: {words.status(tie.status)},{' '}
                    {words.period(tie)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
      )}
      {purpose === 'panel' && focus && focus !== centre && (
        <button type="button" className="desk-button desk-own-network" onClick={() => openNetwork(focus)}>
          {texts.of(words.name(focus))}
        </button>
      )}
    </>
  );
}

function inReadingOrder(
  nodes: readonly NetworkNode[],
  points: ReadonlyMap<string, NetworkPoint>,
  centre: NetworkNode | undefined,
): NetworkNode[] {
  const middle = centre && points.get(centre.id);
  const rank = ({ id }: NetworkNode) => {
    const { x, y } = points.get(id) ?? { x: 0, y: 0 };
    return middle ? Math.hypot(x - middle.x, y - middle.y) : y;
  };
  return nodes.toSorted((a, b) => rank(a) - rank(b));
}
