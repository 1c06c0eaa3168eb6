import type { RecordHit } from '../result/record-hits.js';

/** Records that a box has found: the list of a combobox of ARIA. */
export function RecordOptions(props: {
  /** Id of the list; that of an option ends in its index. */
  list: string;
  label: string;
  records: readonly RecordHit[];
  /** Index of the option that the box names. */
  active: number;
  isShown: boolean;
  setActive: (index: number) => void;
  take: (record: RecordHit) => void;
}) {
  const { list, label, records, active, isShown, setActive, take } = props;
  return (
    <div id={list} role="listbox" aria-label={label} hidden={!isShown}>
      {records.map((record, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, which names the active option.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys.
        <div
          key={record.id}
          id={`${list}-${index}`}
          role="option"
          aria-selected={index === active}
          data-record={record.id}
          // A press would take the focus from the box, which closes the list before the click.
          onPointerDown={event => event.preventDefault()}
          onPointerMove={() => setActive(index)}
          onClick={() => take(record)}
        >
          <strong>{record.name}</strong>
          <span className="desk-look-up-about">{record.description || record.type}</span>
        </div>
      ))}
    </div>
  );
}
