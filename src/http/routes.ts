import type { Authentication } from '../runtime/authentication.ts'
import { auditRoutes } from './audit/audit.ts'
import { auditedWrites } from './audit/audited-writes.ts'
import { authenticateRoutes } from './authentication/authenticate.ts'
import { journeySessionRoutes } from './authentication/journey-sessions.ts'
import { sessionListRoutes } from './authentication/session-list.ts'
import { sessionRoutes } from './authentication/sessions.ts'
import { helpDeskRoutes } from './help-desk/checks/help-desk.ts'
import { helpDeskSettingsRoutes } from './help-desk/checks/help-desk-settings.ts'
import { verificationGrantRoutes } from './help-desk/checks/verification-grants.ts'
import { verificationRoutes } from './help-desk/checks/verifications.ts'
import { backchannelRoutes } from './help-desk/transactions/backchannel.ts'
import { backchannelCallerRoutes } from './help-desk/transactions/backchannel-caller.ts'
import { backchannelCancelRoutes } from './help-desk/transactions/backchannel-cancel.ts'
import { backchannelEventRoutes } from './help-desk/transactions/backchannel-events.ts'
import { backchannelSendRoutes } from './help-desk/transactions/backchannel-send.ts'
import { backchannelTransactionRoutes } from './help-desk/transactions/backchannel-transactions.ts'
import { deliveryRoutes } from './help-desk/webhooks/deliveries.ts'
import { receiverRoutes } from './help-desk/webhooks/receivers.ts'
import { customNodeTypeRoutes } from './journeys/custom-node-types.ts'
import { journeyFindingRoutes } from './journeys/journey-findings.ts'
import { journeyImportRoutes } from './journeys/journey-import.ts'
import { journeyRoutes } from './journeys/journeys.ts'
import { nodeTypeRoutes } from './journeys/node-type-list.ts'
import { nodeRoutes } from './journeys/nodes.ts'
import { treeRoutes } from './journeys/trees.ts'
import { oauthClientRoutes } from './oauth/oauth-clients.ts'
import { keyRoutes } from './operations/keys.ts'
import { metricsRoutes } from './operations/metrics.ts'
import { serverInfoRoutes } from './operations/server-info.ts'
import { webhookRoutes } from './operations/webhooks.ts'
import { deviceRoutes } from './people/devices.ts'
import { openidmRoutes } from './people/openidm.ts'
import { peopleDirectoryRoutes } from './people/people-directory.ts'
import { type PersonActionDependencies, personActions } from './people/person-actions.ts'
import { usersRoutes } from './people/users.ts'
import { appearanceRoutes } from './realms/appearance.ts'
import { emailTemplateRoutes } from './realms/email-templates.ts'
import { realmSettingsRoutes } from './realms/realm-settings.ts'
import { realmRoutes } from './realms/realms.ts'
import { samlEntityRoutes } from './realms/saml-entities.ts'
import { serviceRoutes } from './realms/services.ts'
import { socialIdentityProviderRoutes } from './realms/social-identity-providers.ts'
import { themeRoutes } from './realms/themes.ts'
import { rightsRoutes } from './rights.ts'
import type { Route } from './route.ts'
import { contextRoutes } from './scripts/contexts.ts'
import { libraryRoutes } from './scripts/libraries.ts'
import { scriptRoutes } from './scripts/scripts.ts'

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
