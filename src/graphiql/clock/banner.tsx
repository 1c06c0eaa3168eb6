import './clock.css';

import { useState } from 'react';
import { EmbedButton } from '../bar/embed-button.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { pageAddress } from '../page-address.js';
import { copyText } from '../panels/copy.js';
import { isInstant, type KnownAt } from '../result/known-at.js';
import { formatInstant } from './amsterdam.js';
import { clockTexts } from './clock-texts.js';
import { setKnownAt } from './moment.js';
import { type Refusal, type ResolvedMoment, useMomentText, useResolvedMoment } from './resolve-moment.js';
import { ChangesSince } from './since.js';

export const CLOCK_BANNER_ID = 'clock-banner';

/** States above the page that it shows a past moment. Renders an empty live region in the present. */
export function ClockBanner() {
  const moment = useResolvedMoment();
  const texts = clockTexts[useReaderLanguage()];
  const [copied, setCopied] = useState<{ moment: ResolvedMoment | undefined; text: string }>();
  const report = (text: string) => setCopied({ moment, text });
  const copyLink = async () => report((await copyText(pageAddress())) ? texts.copied : texts.notCopied);
  return (
    <section className="clock-banner" aria-label={texts.clock} lang={texts.locale} hidden={!moment}>
      <div role="status" id={CLOCK_BANNER_ID}>
        {moment && <MomentText moment={moment} />}
      </div>
      {moment?.state === 'known' && <ChangesSince knownAt={moment.knownAt} />}
      {moment && (
        <div className="clock-actions">
          {moment.state === 'refused' && <Instants refusal={moment.refusal} choose={setKnownAt} />}
          <button type="button" onClick={() => void copyLink()}>
            {texts.copy}
          </button>
          <EmbedButton report={report} />
          <button type="button" onClick={() => setKnownAt(undefined)}>
            {texts.back}
          </button>
          <span role="status">{copied?.moment === moment && copied?.text}</span>
        </div>
      )}
    </section>
  );
}

function MomentText({ moment }: { moment: ResolvedMoment }) {
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const texts = clockTexts[language];
  const asKnown = useMomentText();
  if (moment.state === 'asking') return <p>{texts.asking}</p>;
  if (moment.state === 'refused')
    return (
      <p>
        <strong>{texts.refused}</strong> {moment.refusal.message}
      </p>
    );
  const { knownAt, lastChange } = moment;
  return (
    <>
      <p>
        <strong>{asKnown}</strong>{' '}
        {lastChange && (
          <>
            {texts.lastChange} {lastChange.subjectLabel}, {enumLabel('ChangeKind', lastChange.kind)}
            {isInstant(knownAt) && `, ${formatInstant(lastChange.recordedAt, language)}`}.
          </>
        )}
      </p>
      <p>{texts.readOnly}</p>
    </>
  );
}

/** Buttons of the instants that a refusal offers. */
export function Instants({ refusal, choose }: { refusal: Refusal; choose: (knownAt: KnownAt) => void }) {
  const language = useReaderLanguage();
  if (refusal.instants.length === 0) return null;
  return (
    <>
      <span>{clockTexts[language].instead}</span>
      {refusal.instants.map(instant => (
        <button key={instant} type="button" onClick={() => choose(instant)}>
          {formatInstant(instant, language)}
        </button>
      ))}
    </>
  );
}
