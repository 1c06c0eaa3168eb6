import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import type { Network, NetworkNode } from '../result/network-data.js';
import { PADDING, textWidth } from './figure-text.js';

export interface NetworkPoint {
  readonly node: NetworkNode;
  readonly x: number;
  readonly y: number;
}

interface Body extends SimulationNodeDatum {
  readonly node: NetworkNode;
  readonly label: string;
}

/** Steps of the simulation: all of them before the picture is drawn, so that nothing moves. */
const STEPS = 300;
const LABEL_HEIGHT = 18;
/** Height of a network of few authorities, and what each further one adds to the square. */
const MIN_HEIGHT = 340;
const HEIGHT_PER_ROOT = 92;

/**
 * Lays out a network: what is tied lies together, Dutch authorities more to the left. The same network has the same
 * layout every time.
 *
 * @param labelOf Returns the label of a node, which needs room below it.
 */
export function layOutNetwork(
  { nodes, ties, centre }: Network,
  labelOf: (node: NetworkNode) => string,
  width: number,
): { points: ReadonlyMap<string, NetworkPoint>; height: number } {
  const height = Math.max(MIN_HEIGHT, Math.min(Math.sqrt(nodes.length) * HEIGHT_PER_ROOT, 1100));
  const bodies: Body[] = nodes.map(node => ({
    node,
    label: labelOf(node),
    ...(node === centre && { fx: width / 2, fy: height / 2 }),
  }));
  const byId = new Map(bodies.map(body => [body.node.id, body]));
  const links: SimulationLinkDatum<Body>[] = ties.flatMap(({ dutch, chinese }) => {
    const [source, target] = [byId.get(dutch.id), byId.get(chinese.id)];
    return source && target ? [{ source, target }] : [];
  });
  const columnOf = ({ node }: Body) => (node.country === 'NL' ? 0.36 : 0.64) * width;
  forceSimulation(bodies)
    .force('link', forceLink(links).distance(74).strength(0.5))
    .force('charge', forceManyBody().strength(-130).distanceMax(260))
    .force('x', forceX(columnOf).strength(centre ? 0.02 : 0.05))
    .force('y', forceY(height / 2).strength((0.07 * width) / height))
    .force('room', forceCollide(({ label }: Body) => Math.max(16, Math.min(textWidth(label) / 2.6, 34))).iterations(2))
    .stop()
    .tick(STEPS);
  const within = (value: number, margin: number, size: number) => Math.min(Math.max(value, margin), size - margin);
  return {
    height,
    points: new Map(
      bodies.map(({ node, label, x = 0, y = 0 }) => [
        node.id,
        {
          node,
          x: within(x, Math.min(textWidth(label) / 2 + PADDING, width / 3), width),
          y: within(y, LABEL_HEIGHT, height - LABEL_HEIGHT),
        },
      ]),
    ),
  };
}
