import { authoritySubject } from '../authority/authority.subject.js';
import type { FactSubject } from '../change/fact-subject.js';
import type { Subject } from '../change/subject.js';
import { exchangeSubject } from '../exchange/exchange.subject.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { organisationSubject } from '../organisation/organisation.subject.js';
import { partnershipSubject } from '../partnership/partnership.subject.js';
import { programmeSubject } from '../programme/programme.subject.js';

/** The subjects of all concepts, by type. */
export const SUBJECTS = Object.fromEntries(
  [authoritySubject, partnershipSubject, programmeSubject, exchangeSubject, organisationSubject].map(subject => [
    subject.type,
    subject,
  ]),
) as unknown as Readonly<Record<FactSubject, Subject<RegisterRecord>>>;
