import type { ComponentProps } from 'react';
import { useTranslation } from '../language.js';

const translations = {
  en: (name: string) => `Remove ${name}`,
  nl: (name: string) => `Verwijder ${name}`,
  zh: (name: string) => `移除${name}`,
};

interface RemoveButtonProps extends Pick<ComponentProps<'button'>, 'title' | 'disabled' | 'onClick'> {
  name: string;
  /** True if the button says the name; false if it stands beside it. */
  withName?: boolean;
}

/** Button that removes a part of a form. */
export function RemoveButton({ name, withName, ...button }: RemoveButtonProps) {
  const label = useTranslation(translations)(name);
  return (
    <button {...button} type="button" className="desk-button" aria-label={label}>
      {withName && `${name} `}×
    </button>
  );
}
