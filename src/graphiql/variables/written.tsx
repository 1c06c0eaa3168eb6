import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

/** Text that counts once the reader leaves the field, or presses Enter: half a date is none. */
export function Written(props: {
  label: string;
  value: string;
  hint?: string | undefined;
  isNumber?: boolean;
  size: number;
  commit: (text: string) => void;
}) {
  const { label, value, hint, isNumber, size, commit } = props;
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit(text);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label={label}
      title={hint}
      inputMode={isNumber ? 'numeric' : undefined}
      size={size}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => commit(text)}
      onKeyDown={onKeyDown}
    />
  );
}
