import type { Rule } from './rule.ts'
import { actionWithoutCheck } from './rules/action-without-check.ts'
import { agentEndsAsCaller } from './rules/agent-ends-as-caller.ts'
import { anonymousTransaction } from './rules/anonymous-transaction.ts'
import { backchannelSuccessWithoutCredential } from './rules/backchannel-success-without-credential.ts'
import { checkWithoutCode } from './rules/check-without-code.ts'
import { esvType } from './rules/esv-type.ts'
import { innerJourneyRecursion } from './rules/inner-journey-recursion.ts'
import { invalidSettings } from './rules/invalid-settings.ts'
import { loopWithoutCallback } from './rules/loop-without-callback.ts'
import { missingCustomNodeType } from './rules/missing-custom-node-type.ts'
import { missingEmailTemplate } from './rules/missing-email-template.ts'
import { missingEsv } from './rules/missing-esv.ts'
import { missingIdentityProvider } from './rules/missing-identity-provider.ts'
import { missingJourney } from './rules/missing-journey.ts'
import { missingScript } from './rules/missing-script.ts'
import { missingTheme } from './rules/missing-theme.ts'
import { missingTranslation } from './rules/missing-translation.ts'
import { missingWebhook } from './rules/missing-webhook.ts'
import { noAppAllowed } from './rules/no-app-allowed.ts'
import { noEntry } from './rules/no-entry.ts'
import { notificationWithoutTransaction } from './rules/notification-without-transaction.ts'
import { openFrontJourney } from './rules/open-front-journey.ts'
import { pageChildMissing } from './rules/page-child-missing.ts'
import { pageChildOutcomes } from './rules/page-child-outcomes.ts'
import { pageChildSilent } from './rules/page-child-silent.ts'
import { pageChildType } from './rules/page-child-type.ts'
import { plainTextSecret } from './rules/plain-text-secret.ts'
import { scriptIncompatible } from './rules/script-incompatible.ts'
import { scriptSyntax } from './rules/script-syntax.ts'
import { scriptUnknownName } from './rules/script-unknown-name.ts'
import { scriptUnknownOutcome } from './rules/script-unknown-outcome.ts'
import { secretNotSet } from './rules/secret-not-set.ts'
import { selfConnection } from './rules/self-connection.ts'
import { standIn } from './rules/stand-in.ts'
import { standInWithoutOutcome } from './rules/stand-in-without-outcome.ts'
import { stateReadNeverWritten } from './rules/state-read-never-written.ts'
import { unconnectedOutcome } from './rules/unconnected-outcome.ts'
import { unknownNodeType } from './rules/unknown-node-type.ts'
import { unknownOutcome } from './rules/unknown-outcome.ts'
import { unreachableNode } from './rules/unreachable-node.ts'

/** All rules, in the order of findings about one journey. */
export const rules: readonly Rule[] = [
  noEntry,
  unreachableNode,
  unconnectedOutcome,
  unknownOutcome,
  selfConnection,
  unknownNodeType,
  standInWithoutOutcome,
  standIn,
  invalidSettings,
  noAppAllowed,
  missingEsv,
  esvType,
  missingScript,
  missingJourney,
  missingCustomNodeType,
  missingEmailTemplate,
  missingTheme,
  missingIdentityProvider,
  missingWebhook,
  pageChildMissing,
  pageChildType,
  pageChildSilent,
  pageChildOutcomes,
  scriptSyntax,
  scriptIncompatible,
  scriptUnknownName,
  scriptUnknownOutcome,
  stateReadNeverWritten,
  notificationWithoutTransaction,
  loopWithoutCallback,
  innerJourneyRecursion,
  backchannelSuccessWithoutCredential,
  agentEndsAsCaller,
  anonymousTransaction,
  openFrontJourney,
  checkWithoutCode,
  actionWithoutCheck,
  missingTranslation,
  plainTextSecret,
  secretNotSet,
]
