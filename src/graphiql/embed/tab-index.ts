import { options } from 'preact';

/** Writes `tabIndex` as the attribute `tabindex`: in SVG Preact takes the spelling of React, which no browser knows there. */
export function fixTabIndex(): void {
  const { vnode } = options;
  options.vnode = node => {
    if (typeof node.type === 'string' && 'tabIndex' in node.props) {
      const { tabIndex, ...others } = node.props;
      node.props = Object.assign(others, { tabindex: tabIndex });
    }
    vnode?.(node);
  };
}
