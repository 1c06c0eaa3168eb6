import '../print.css';

import { useSyncExternalStore } from 'react';
import { Attribution } from '../attribution.js';
import { shownAddress } from '../page-address.js';

const subscribeToPrinting = (listener: () => void) => {
  addEventListener('beforeprint', listener);
  return () => removeEventListener('beforeprint', listener);
};

/** Source, licence and address of the page, on paper alone. */
export function PrintFoot() {
  const address = useSyncExternalStore(subscribeToPrinting, shownAddress);
  return (
    <p className="desk-print-foot">
      <Attribution /> · {address}
    </p>
  );
}
