import { alarmStoreContract } from './alarms.contract.ts'
import { approvalStoreContract } from './approvals.contract.ts'
import { auditStoreContract } from './audit.contract.ts'
import { auditBookContract } from './audit-book.contract.ts'
import { callStoreContract } from './calls.contract.ts'
import { configurationContract } from './configuration.contract.ts'
import { countStoreContract } from './counts.contract.ts'
import { draftStoreContract } from './drafts.contract.ts'
import { esvStoreContract } from './esvs.contract.ts'
import type { OpenStores } from './examples.ts'
import { handOverContract } from './hand-over.contract.ts'
import { identityStoreContract } from './identities.contract.ts'
import { leadStoreContract } from './leads.contract.ts'
import { limitStoreContract } from './limits.contract.ts'
import { mailStoreContract } from './mails.contract.ts'
import { messageStoreContract } from './messages.contract.ts'
import { oauthStoreContract } from './oauth.contract.ts'
import { pushStoreContract } from './pushes.contract.ts'
import { sessionStoreContract } from './sessions.contract.ts'
import { shortCodeStoreContract } from './short-codes.contract.ts'
import { stepStoreContract } from './steps.contract.ts'
import { transactionStoreContract } from './transactions.contract.ts'
import { verificationStoreContract } from './verifications.contract.ts'
import { versionStoreContract } from './versions.contract.ts'
import { webhookStoreContract } from './webhooks.contract.ts'

/** The tests that every database must pass. */
export function allContracts(open: OpenStores): void {
  sessionStoreContract(open)
  identityStoreContract(open)
  transactionStoreContract(open)
  handOverContract(open)
  verificationStoreContract(open)
  leadStoreContract(open)
  approvalStoreContract(open)
  alarmStoreContract(open)
  stepStoreContract(open)
  configurationContract(open)
  oauthStoreContract(open)
  mailStoreContract(open)
  callStoreContract(open)
  messageStoreContract(open)
  webhookStoreContract(open)
  auditStoreContract(open)
  auditBookContract(open)
  limitStoreContract(open)
  versionStoreContract(open)
  draftStoreContract(open)
  shortCodeStoreContract(open)
  pushStoreContract(open)
  countStoreContract(open)
  esvStoreContract(open)
}
