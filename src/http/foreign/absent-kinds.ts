import { anyAnswer } from '../../../contract/endpoint.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import { envelope } from '../../crest/collection.ts'
import type { StaffAccess } from '../guards/rights.ts'
import { byAction, type Handle, type Route } from '../route.ts'

/** A kind of the vendor's configuration that exists and is always empty here. */
type AbsentKind = [
  path: string,
  title: string,
  /** What a client learns whose write is refused. */
  reason: string,
  /** Paths of single resources below `path`. */
  ...items: string[],
]

const one = ':id'
const ofType = ':type/:id'

const agents = 'Agents of gateways and web servers cannot sign in here'
const policies = 'Authorization policies are not evaluated here'
const secrets = 'Secrets are stored under /environment/secrets, and no secret store would be read'
const stores =
  'Secrets are stored under /environment/secrets or come from the environment of the server, and no secret store would be read'
const modules = 'Authentication modules do not run here, only journeys'
const issuers =
  'The JWT bearer grant of other issuers is not served here, so that trust in an issuer would have no effect'
const roles = 'Roles are fixed here, and people get them in their realm'
const groups = 'There are no groups here. Scripts and policies can use attributes of people'
const organizations = 'There are no organizations here. Realms separate people'
const applications =
  'There are no managed applications here. Register an OAuth2 client or a SAML entity instead'

/** Below `realm-config`, or beside it. */
const ofRealms: readonly AbsentKind[] = [
  [
    'realm-config/agents',
    'agents and agent groups',
    `${agents}. Register an OAuth2 client instead`,
    ofType,
    'groups/:type/:id',
  ],
  ['realm-config/agents/:type', 'agents of a type', agents],
  ['realm-config/agents/groups', 'agent groups', agents],
  ['realm-config/agents/TrustedJwtIssuer', 'trusted JWT issuers', issuers, one],
  ['policies', 'authorization policies', `${policies}, so that a policy would protect nothing`, one],
  ['applications', 'policy sets', `${policies}, so that a policy set would protect nothing`, one],
  [
    'resourcetypes',
    'resource types of policies',
    `${policies}, so that a resource type would protect nothing`,
    one,
  ],
  ['realm-config/secrets/stores', 'secret stores', stores, ofType],
  ['realm-config/secrets', 'secret stores and their types', secrets],
  [
    'realm-config/federation/entityproviders/ws',
    'WS-Federation entities',
    'WS-Federation is not served here',
    one,
  ],
  ['realm-config/authentication/modules', 'authentication modules', modules, ofType],
]

/** Lists of what the vendor's server can do with policies and secrets. Nothing can be added to them. */
const builtIn: readonly AbsentKind[] = [
  ['applicationtypes', 'types of policy sets', policies],
  ['conditiontypes', 'conditions of policies', policies],
  ['decisioncombiners', 'ways to combine policies', policies],
  ['subjectattributes', 'attributes for policies', policies],
  ['subjecttypes', 'subjects of policies', policies],
]

/** Below `global-config`. */
const ofServer: readonly AbsentKind[] = [
  [
    'global-config/servers',
    'servers of a deployment',
    'Servers are configured by their environment, and need no entry in a list',
    one,
  ],
  [
    'global-config/sites',
    'sites of a deployment',
    'Servers need no site: set SIDEGATE_BASE_URL to the address of the load balancer',
    one,
  ],
  ['global-config/agents', 'defaults of agents', agents, ofType],
  ['global-config/secrets', 'secret stores of all realms and their types', secrets],
  ['global-config/secrets/stores', 'secret stores of all realms', stores, ofType],
  ['global-config/authentication/modules', 'defaults of authentication modules', modules, ofType],
]

/** Below `openidm`, in the names of the vendor's own installations and of its cloud. */
const ofIdentityManagement: readonly AbsentKind[] = [
  ['/openidm/internal/role', 'internal roles', roles, one],
  // Without a name before it, the root realm in the words of frodo's cloud mode.
  ...['application', 'alpha_application', 'bravo_application', '/_application'].map(
    (name): AbsentKind => [
      `/openidm/managed/${name}`,
      'applications of the identity management',
      applications,
      one,
    ],
  ),
  ...['alpha', 'bravo'].flatMap((realm): AbsentKind[] => [
    [`/openidm/managed/${realm}_role`, 'roles of the identity management', roles, one],
    [`/openidm/managed/${realm}_group`, 'groups of the identity management', groups, one],
    [
      `/openidm/managed/${realm}_organization`,
      'organizations of the identity management',
      organizations,
      one,
    ],
  ]),
]

/** Kinds that the vendor's tools ask for and that have nothing here: their lists are empty, and writes are refused. */
export function absentKindRoutes(): Route[] {
  return [
    ...[...ofRealms, ...builtIn].flatMap((kind) => routesOf(kind, { read: 'journeys', write: 'realm' })),
    ...ofIdentityManagement.flatMap((kind) =>
      routesOf(kind, { read: 'administrator', write: 'administrator' }),
    ),
    ...connectorRoutes(),
    ...ofServer.flatMap((kind) => routesOf(kind, { read: 'administrator', write: 'administrator' })),
  ]
}

function routesOf(
  [path, title, reason, ...items]: AbsentKind,
  access: { read: StaffAccess; write: StaffAccess },
): Route[] {
  const resource = { kind: 'unsupported' }
  const refuse: Handle = () => {
    throw new RequestError(501, reason)
  }
  const empty: Handle = () => ({ body: envelope([]) })
  const noneIn: Handle = () => ({ body: { result: [] } })
  return [
    { method: 'GET', path, access: access.read, summary: `Lists ${title}: none.`, handle: empty },
    {
      method: 'POST',
      path,
      access: access.write,
      readAccess: access.read,
      resource,
      reads: ['nextdescendents', 'getAllTypes', 'getCreatableTypes'],
      summary: `Lists ${title}: none. \`create\` is refused.`,
      handle: byAction({
        nextdescendents: noneIn,
        getAllTypes: noneIn,
        getCreatableTypes: noneIn,
        create: refuse,
      }),
    },
    ...items.flatMap((item): Route[] => {
      const at = `${path}/${item}`
      const summary = `Refused: there are no ${title}.`
      return [
        { method: 'GET', path: at, access: access.read, summary: 'Finds nothing.', handle: findNothing },
        { method: 'PUT', path: at, access: access.write, resource, summary, handle: refuse },
        {
          method: 'POST',
          path: at,
          access: access.write,
          resource,
          summary,
          handle: byAction({ create: refuse }),
        },
      ]
    }),
  ]
}

const findNothing: Handle = () => {
  throw notFound()
}

/** The connectors of the identity management, which the vendor's tools test before they list its configuration. */
function connectorRoutes(): Route[] {
  return [
    {
      method: 'POST',
      path: '/openidm/system',
      access: 'administrator',
      resource: { kind: 'unsupported' },
      answer: anyAnswer,
      reads: ['test', 'testConnectorServers', 'availableConnectors'],
      summary: 'Lists connectors, connector servers and connected systems: none.',
      handle: byAction({
        test: () => ({ body: [] }),
        testConnectorServers: () => ({ body: { openicf: [] } }),
        availableConnectors: () => ({ body: { connectorRef: [] } }),
      }),
    },
  ]
}
