import { KeyboardShortcutIcon, pick, SettingsIcon, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type ComponentType, type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from '../language.js';
import { useLayout } from '../layout.js';
import { useHost } from './host.js';
import { navigationTexts, VIEWS } from './navigation-texts.js';

/** Buttons at the side, with words: the views of an answer, and the tools. They replace those of GraphiQL. */
export function Navigation() {
  const host = useHost('.graphiql-sidebar', 'desk-navigation');
  const { plugins, visiblePlugin } = useGraphiQL(pick('plugins', 'visiblePlugin'));
  const { setVisiblePlugin } = useGraphiQLActions();
  const layout = useLayout();
  const texts = useTranslation(navigationTexts);
  // Without the editor a page without a panel would be empty.
  const isEmpty = layout === 'answer' && !visiblePlugin;
  useEffect(() => {
    if (isEmpty) setVisiblePlugin('Questions');
  }, [isEmpty, setVisiblePlugin]);
  if (!host) return null;
  const views = VIEWS.flatMap(title => plugins.filter(plugin => plugin.title === title));
  const tools = plugins.filter(plugin => !views.includes(plugin));
  const entry = ({ title, icon }: (typeof plugins)[number]) => {
    const isOpen = visiblePlugin?.title === title;
    // Beside the editor a panel can be closed; in the layout with the answer alone there is always one.
    const toggle = () => setVisiblePlugin(isOpen && layout === 'editor' ? null : title);
    return (
      <Entry key={title} icon={icon} panel={title} isOpen={isOpen} onClick={toggle}>
        {texts.panels[title] ?? title}
      </Entry>
    );
  };
  return createPortal(
    <nav aria-label={texts.navigation}>
      <ul aria-label={texts.views}>{views.map(entry)}</ul>
      <ul aria-label={texts.tools}>
        {tools.map(entry)}
        <Entry icon={KeyboardShortcutIcon} onClick={() => openDialog('short-keys')}>
          {texts.keys}
        </Entry>
        <Entry icon={SettingsIcon} onClick={() => openDialog('settings')}>
          {texts.settings}
        </Entry>
      </ul>
    </nav>,
    host,
  );
}

/** Opens a dialog of GraphiQL, which only its own button can. */
const openDialog = (name: string) =>
  document.querySelector<HTMLButtonElement>(`.graphiql-sidebar > button[data-value="${name}"]`)?.click();

function Entry(props: {
  icon: ComponentType;
  panel?: string;
  isOpen?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { icon: Icon, panel, isOpen, onClick, children } = props;
  return (
    <li>
      <button type="button" data-panel={panel} aria-current={isOpen ? 'true' : undefined} onClick={onClick}>
        <Icon />
        <span>{children}</span>
      </button>
    </li>
  );
}
