import './proposals.css';

import { useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage } from '../language.js';
import { Panel } from '../panels/panel.js';
import { failureText } from '../result/failure-text.js';
import { ProposalList } from './proposal-list.js';
import { ReviewView } from './review-view.js';
import { useProposalTexts } from './texts.js';
import { type Access, useAccess } from './use-access.js';

/** Shows the proposals to holders of the scope `proposal:review`; to all others what is needed for that. */
export function ProposalsPanel() {
  const texts = useProposalTexts();
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  return (
    <Panel title={texts.title}>
      <div className="proposals" lang={language === 'zh' ? 'zh-Hans' : language}>
        {knownAt === undefined ? <Reviewing /> : <p>{texts.past}</p>}
      </div>
    </Panel>
  );
}

function Reviewing() {
  const texts = useProposalTexts();
  const access = useAccess();
  const [id, setId] = useState<string>();
  if (access.state !== 'granted') return <p role="status">{accessText(access, texts)}</p>;
  const { api, viewer } = access;
  return id === undefined ? (
    <ProposalList api={api} open={setId} />
  ) : (
    <ReviewView key={id} api={api} viewer={viewer} id={id} close={() => setId(undefined)} />
  );
}

function accessText(access: Exclude<Access, { state: 'granted' }>, texts: ReturnType<typeof useProposalTexts>): string {
  if (access.state === 'asking') return texts.asking;
  if (access.state === 'unreadable') return `${texts.unreadable} ${texts.needed}`;
  if (access.state === 'lacking') return `${texts.needed} ${texts.lacking(access.name)}`;
  return access.state === 'failed' ? failureText(access.error, texts) : texts.needed;
}
