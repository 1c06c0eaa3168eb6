/** Labelled choice of one of several options, each with its label. */
export function Select<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  choose: (value: T) => void;
}) {
  const { label, value, options, choose } = props;
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={event => choose(event.target.value as T)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
