import type { AnswerOf } from '../../contract/endpoint.ts'
import { readRights } from '../../contract/server.ts'
import { auditRoutes } from './audit/audit.ts'
import { auditedWrites } from './audit/audited-writes.ts'
import { logRoutes } from './audit/logs.ts'
import { authenticateRoutes } from './authentication/authenticate.ts'
import { journeySessionRoutes } from './authentication/journey-sessions.ts'
import { sessionListRoutes } from './authentication/session-list.ts'
import { sessionRoutes } from './authentication/sessions.ts'
import { secretRoutes } from './environment/secrets.ts'
import { startupRoutes } from './environment/startup.ts'
import { tenantRoutes } from './environment/tenant.ts'
import { variableRoutes } from './environment/variables.ts'
import { absentKindRoutes } from './foreign/absent-kinds.ts'
import { keptDocumentRoutes } from './foreign/kept-documents.ts'
import { keptEntityRoutes } from './foreign/kept-entities.ts'
import { keptSettingsRoutes } from './foreign/kept-settings.ts'
import { secretMappingRoutes } from './foreign/secret-mappings.ts'
import { staffAccesses } from './guards/rights.ts'
import { alarmRoutes } from './help-desk/alarms/alarms.ts'
import { approvalRoutes } from './help-desk/approvals/approvals.ts'
import { agentRoutes } from './help-desk/checks/agents.ts'
import { helpDeskRoutes } from './help-desk/checks/help-desk.ts'
import { helpDeskSettingsRoutes } from './help-desk/checks/help-desk-settings.ts'
import { recentRoutes } from './help-desk/checks/recent.ts'
import { requirementRoutes } from './help-desk/checks/requirements.ts'
import { verificationGrantRoutes } from './help-desk/checks/verification-grants.ts'
import { verificationRoutes } from './help-desk/checks/verifications.ts'
import { exportRoutes } from './help-desk/leads/export.ts'
import { numbersRoutes } from './help-desk/leads/numbers.ts'
import { wallRoutes } from './help-desk/leads/wall.ts'
import { shortCodeRoutes } from './help-desk/short-codes/redeem-short-code.ts'
import { backchannelRoutes } from './help-desk/transactions/backchannel.ts'
import { backchannelCallerRoutes } from './help-desk/transactions/callers-page.ts'
import { backchannelCancelRoutes } from './help-desk/transactions/cancel.ts'
import { backchannelEventRoutes } from './help-desk/transactions/feed.ts'
import { messageStatusRoutes } from './help-desk/transactions/message-status.ts'
import { backchannelSendRoutes } from './help-desk/transactions/send-link.ts'
import { backchannelTransactionRoutes } from './help-desk/transactions/transaction-list.ts'
import { deliveryRoutes } from './help-desk/webhooks/deliveries.ts'
import { webhookRoutes } from './help-desk/webhooks/webhooks.ts'
import { customNodeTypeRoutes } from './journeys/custom-node-types.ts'
import { draftRoutes } from './journeys/drafts.ts'
import { journeyCountRoutes } from './journeys/journey-counts.ts'
import { journeyFindingRoutes } from './journeys/journey-findings.ts'
import { journeyImportRoutes } from './journeys/journey-import.ts'
import { journeyRoutes } from './journeys/journeys.ts'
import { nodeTypeRoutes } from './journeys/node-type-list.ts'
import { nodeRoutes } from './journeys/nodes.ts'
import { treeRoutes } from './journeys/trees.ts'
import { versionRoutes } from './journeys/versions.ts'
import { keycloakChannelRoutes } from './oauth/keycloak-channel.ts'
import { oauthClientRoutes } from './oauth/oauth-clients.ts'
import { serviceAccountRoutes } from './oauth/service-accounts.ts'
import { keyRoutes } from './operations/keys.ts'
import { logoutWebhookRoutes } from './operations/logout-webhooks.ts'
import { metricsRoutes } from './operations/metrics.ts'
import { withOpenApi } from './operations/openapi.ts'
import { outboxRoutes } from './operations/outbox.ts'
import { platformInfoRoutes } from './operations/platform-info.ts'
import { serverRoutes } from './operations/server.ts'
import { serverInfoRoutes } from './operations/server-info.ts'
import { deviceRoutes } from './people/devices.ts'
import { managedObjectRoutes } from './people/managed-objects.ts'
import { openidmRoutes } from './people/openidm.ts'
import { peopleDirectoryRoutes } from './people/people-directory.ts'
import { type PersonActionDependencies, personActions } from './people/person-actions.ts'
import { pushMessageRoutes } from './people/push-messages.ts'
import { usersRoutes } from './people/users.ts'
import { appearanceRoutes } from './realms/appearance.ts'
import { checklistRoutes } from './realms/checklist.ts'
import { emailTemplateRoutes } from './realms/email-templates.ts'
import { identityConfigurationRoutes } from './realms/identity-management/configuration-routes.ts'
import { messagingTestRoutes } from './realms/messaging-test.ts'
import { realmSettingsRoutes } from './realms/realm-settings.ts'
import { realmRoutes } from './realms/realms.ts'
import { samlEntityRoutes } from './realms/saml-entities.ts'
import { serviceRoutes } from './realms/services.ts'
import { socialIdentityProviderRoutes } from './realms/social-identity-providers.ts'
import { starterRoutes } from './realms/starters.ts'
import { themeRoutes } from './realms/themes.ts'
import type { Answer, Call, Route } from './route.ts'
import { contextRoutes } from './scripts/contexts.ts'
import { libraryRoutes } from './scripts/libraries.ts'
import { scriptRoutes } from './scripts/scripts.ts'

/** The routes of each resource, in the order of docs/rest.md. */
const resources = [
  authenticateRoutes,
  backchannelRoutes,
  keycloakChannelRoutes,
  backchannelEventRoutes,
  backchannelCallerRoutes,
  backchannelCancelRoutes,
  backchannelSendRoutes,
  messageStatusRoutes,
  helpDeskRoutes,
  agentRoutes,
  helpDeskSettingsRoutes,
  webhookRoutes,
  deliveryRoutes,
  verificationRoutes,
  wallRoutes,
  alarmRoutes,
  numbersRoutes,
  exportRoutes,
  verificationGrantRoutes,
  recentRoutes,
  requirementRoutes,
  shortCodeRoutes,
  approvalRoutes,
  backchannelTransactionRoutes,
  journeySessionRoutes,
  sessionRoutes,
  sessionListRoutes,
  auditRoutes,
  logRoutes,
  usersRoutes,
  deviceRoutes,
  pushMessageRoutes,
  openidmWithActions,
  managedObjectRoutes,
  serviceAccountRoutes,
  emailTemplateRoutes,
  themeRoutes,
  appearanceRoutes,
  serverInfoRoutes,
  platformInfoRoutes,
  metricsRoutes,
  treeRoutes,
  nodeRoutes,
  nodeTypeRoutes,
  customNodeTypeRoutes,
  journeyImportRoutes,
  journeyRoutes,
  journeyCountRoutes,
  journeyFindingRoutes,
  draftRoutes,
  versionRoutes,
  scriptRoutes,
  libraryRoutes,
  contextRoutes,
  realmRoutes,
  rightsRoutes,
  realmSettingsRoutes,
  starterRoutes,
  checklistRoutes,
  messagingTestRoutes,
  peopleDirectoryRoutes,
  serviceRoutes,
  socialIdentityProviderRoutes,
  logoutWebhookRoutes,
  keptDocumentRoutes,
  keptSettingsRoutes,
  identityConfigurationRoutes,
  keptEntityRoutes,
  secretMappingRoutes,
  absentKindRoutes,
  samlEntityRoutes,
  oauthClientRoutes,
  keyRoutes,
  variableRoutes,
  secretRoutes,
  startupRoutes,
  tenantRoutes,
  serverRoutes,
  outboxRoutes,
] as const

/** The dependencies of all routes together. */
export type RouteDependencies = Parameters<typeof auditedWrites>[1] &
  ((typeof resources)[number] extends (from: infer Needs) => Route[] ? Needs : never)

/** The route table. docs/rest.md, docs/access.md and the OpenAPI document are generated from it. */
export function allRoutes(from: RouteDependencies): Route[] {
  const routes = resources.flatMap((ofResource) => ofResource(from))
  return withOpenApi(auditedWrites(routes, from))
}

function openidmWithActions(from: Parameters<typeof openidmRoutes>[0] & PersonActionDependencies): Route[] {
  return openidmRoutes(from, personActions(from))
}

/** The caller's rights, so that pages can hide forbidden actions. Not in AM. */
function rightsRoutes(): Route[] {
  return [
    {
      ...readRights,
      access: 'staff',
      summary: "Lists the caller's roles and what they allow in the realm, in the terms of `docs/access.md`.",
      handle: readOwnRights,
    },
  ]
}

async function readOwnRights(call: Call): Promise<Answer> {
  const rights = await call.rights()
  const allowed = staffAccesses.filter((access) => rights.may(access, call.realm.path))
  const body: AnswerOf<typeof readRights> = { realm: rights.realm, roles: [...rights.roles], may: allowed }
  return { body }
}
