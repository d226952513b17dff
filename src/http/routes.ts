import type { Authentication } from '../journeys/authentication.ts'
import { appearanceRoutes } from './appearance.ts'
import { auditRoutes } from './audit.ts'
import { auditedWrites } from './audited-writes.ts'
import { authenticateRoutes } from './authenticate.ts'
import { backchannelRoutes } from './backchannel.ts'
import { backchannelCallerRoutes } from './backchannel-caller.ts'
import { backchannelCancelRoutes } from './backchannel-cancel.ts'
import { backchannelEventRoutes } from './backchannel-events.ts'
import { backchannelSendRoutes } from './backchannel-send.ts'
import { backchannelTransactionRoutes } from './backchannel-transactions.ts'
import { contextRoutes } from './contexts.ts'
import { customNodeTypeRoutes } from './custom-node-types.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deviceRoutes } from './devices.ts'
import { emailTemplateRoutes } from './email-templates.ts'
import { helpDeskRoutes } from './help-desk.ts'
import { helpDeskSettingsRoutes } from './help-desk-settings.ts'
import { journeyFindingRoutes } from './journey-findings.ts'
import { journeyImportRoutes } from './journey-import.ts'
import { journeySessionRoutes } from './journey-sessions.ts'
import { journeyRoutes } from './journeys.ts'
import { keyRoutes } from './keys.ts'
import { libraryRoutes } from './libraries.ts'
import { metricsRoutes } from './metrics.ts'
import { nodeTypeRoutes } from './node-type-list.ts'
import { nodeRoutes } from './nodes.ts'
import { oauthClientRoutes } from './oauth-clients.ts'
import { openidmRoutes } from './openidm.ts'
import { peopleDirectoryRoutes } from './people-directory.ts'
import { type PersonActionDependencies, personActions } from './person-actions.ts'
import { realmSettingsRoutes } from './realm-settings.ts'
import { realmRoutes } from './realms.ts'
import { receiverRoutes } from './receivers.ts'
import { rightsRoutes } from './rights.ts'
import type { Route } from './route.ts'
import { samlEntityRoutes } from './saml-entities.ts'
import { scriptRoutes } from './scripts.ts'
import { serverInfoRoutes } from './server-info.ts'
import { serviceRoutes } from './services.ts'
import { sessionListRoutes } from './session-list.ts'
import { sessionRoutes } from './sessions.ts'
import { socialIdentityProviderRoutes } from './social-identity-providers.ts'
import { themeRoutes } from './themes.ts'
import { treeRoutes } from './trees.ts'
import { usersRoutes } from './users.ts'
import { verificationGrantRoutes } from './verification-grants.ts'
import { verificationRoutes } from './verifications.ts'
import { webhookRoutes } from './webhooks.ts'

type NeedsOf<Factory extends (needs: never) => Route[]> = Parameters<Factory>[0]

/** Everything that some route needs. */
export type RouteDependencies = { authentication: Authentication } & NeedsOf<typeof backchannelRoutes> &
  NeedsOf<typeof auditRoutes> &
  NeedsOf<typeof backchannelEventRoutes> &
  NeedsOf<typeof backchannelCallerRoutes> &
  NeedsOf<typeof backchannelCancelRoutes> &
  NeedsOf<typeof backchannelSendRoutes> &
  NeedsOf<typeof helpDeskRoutes> &
  NeedsOf<typeof helpDeskSettingsRoutes> &
  NeedsOf<typeof receiverRoutes> &
  NeedsOf<typeof deliveryRoutes> &
  NeedsOf<typeof verificationRoutes> &
  NeedsOf<typeof verificationGrantRoutes> &
  NeedsOf<typeof backchannelTransactionRoutes> &
  NeedsOf<typeof journeySessionRoutes> &
  NeedsOf<typeof sessionRoutes> &
  NeedsOf<typeof sessionListRoutes> &
  NeedsOf<typeof usersRoutes> &
  NeedsOf<typeof deviceRoutes> &
  NeedsOf<typeof openidmRoutes> &
  PersonActionDependencies &
  NeedsOf<typeof emailTemplateRoutes> &
  NeedsOf<typeof themeRoutes> &
  NeedsOf<typeof appearanceRoutes> &
  NeedsOf<typeof serverInfoRoutes> &
  NeedsOf<typeof metricsRoutes> &
  NeedsOf<typeof treeRoutes> &
  NeedsOf<typeof nodeRoutes> &
  NeedsOf<typeof nodeTypeRoutes> &
  NeedsOf<typeof customNodeTypeRoutes> &
  NeedsOf<typeof journeyImportRoutes> &
  NeedsOf<typeof journeyRoutes> &
  NeedsOf<typeof journeyFindingRoutes> &
  NeedsOf<typeof scriptRoutes> &
  NeedsOf<typeof libraryRoutes> &
  NeedsOf<typeof realmRoutes> &
  NeedsOf<typeof realmSettingsRoutes> &
  NeedsOf<typeof peopleDirectoryRoutes> &
  NeedsOf<typeof serviceRoutes> &
  NeedsOf<typeof socialIdentityProviderRoutes> &
  NeedsOf<typeof webhookRoutes> &
  NeedsOf<typeof samlEntityRoutes> &
  NeedsOf<typeof oauthClientRoutes> &
  NeedsOf<typeof keyRoutes>

/** The one table of all routes, each with who may call it. `docs/rest.md` is made from it. */
export function allRoutes(from: RouteDependencies): Route[] {
  const routes = [
    ...authenticateRoutes(from.authentication),
    ...backchannelRoutes(from),
    ...backchannelEventRoutes(from),
    ...backchannelCallerRoutes(from),
    ...backchannelCancelRoutes(from),
    ...backchannelSendRoutes(from),
    ...helpDeskRoutes(from),
    ...helpDeskSettingsRoutes(from),
    ...receiverRoutes(from),
    ...deliveryRoutes(from),
    ...verificationRoutes(from),
    ...verificationGrantRoutes(from),
    ...backchannelTransactionRoutes(from),
    ...journeySessionRoutes(from),
    ...sessionRoutes(from),
    ...sessionListRoutes(from),
    ...auditRoutes(from),
    ...usersRoutes(from),
    ...deviceRoutes(from),
    ...openidmRoutes(from, personActions(from)),
    ...emailTemplateRoutes(from),
    ...themeRoutes(from),
    ...appearanceRoutes(from),
    ...serverInfoRoutes(from),
    ...metricsRoutes(from),
    ...treeRoutes(from),
    ...nodeRoutes(from),
    ...nodeTypeRoutes(from),
    ...customNodeTypeRoutes(from),
    ...journeyImportRoutes(from),
    ...journeyRoutes(from),
    ...journeyFindingRoutes(from),
    ...scriptRoutes(from),
    ...libraryRoutes(from),
    ...contextRoutes(),
    ...realmRoutes(from),
    ...rightsRoutes(),
    ...realmSettingsRoutes(from),
    ...peopleDirectoryRoutes(from),
    ...serviceRoutes(from),
    ...socialIdentityProviderRoutes(from),
    ...webhookRoutes(from),
    ...samlEntityRoutes(from),
    ...oauthClientRoutes(from),
    ...keyRoutes(from),
  ]
  return auditedWrites(routes, from)
}
