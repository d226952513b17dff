import { anyAnswer } from '../../../contract/endpoint.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import { envelope } from '../../crest/collection.ts'
import type { StaffAccess } from '../guards/rights.ts'
import { byAction, type Handle, type Route } from '../route.ts'

/** A kind of the vendor's configuration that exists and is always empty here. */
type AbsentKind = {
  path: string
  /** Paths of single resources below `path`. */
  items: readonly string[]
  title: string
  /** What a client learns whose write is refused. */
  reason: string
}

const one = [':id']

/** Below `realm-config`, or beside it. */
const ofRealms: readonly AbsentKind[] = [
  {
    path: 'realm-config/agents',
    items: [':type/:id', 'groups/:type/:id'],
    title: 'agents and agent groups',
    reason: 'Agents of gateways and web servers cannot sign in here. Register an OAuth2 client instead',
  },
  {
    path: 'realm-config/agents/:type',
    items: [],
    title: 'agents of a type',
    reason: 'Agents of gateways and web servers cannot sign in here',
  },
  {
    path: 'realm-config/agents/groups',
    items: [],
    title: 'agent groups',
    reason: 'Agents of gateways and web servers cannot sign in here',
  },
  {
    path: 'realm-config/agents/TrustedJwtIssuer',
    items: one,
    title: 'trusted JWT issuers',
    reason:
      'The JWT bearer grant of other issuers is not served here, so that trust in an issuer would have no effect',
  },
  {
    path: 'policies',
    items: one,
    title: 'authorization policies',
    reason: 'Authorization policies are not evaluated here, so that a policy would protect nothing',
  },
  {
    path: 'applications',
    items: one,
    title: 'policy sets',
    reason: 'Authorization policies are not evaluated here, so that a policy set would protect nothing',
  },
  {
    path: 'resourcetypes',
    items: one,
    title: 'resource types of policies',
    reason: 'Authorization policies are not evaluated here, so that a resource type would protect nothing',
  },
  {
    path: 'realm-config/secrets/stores',
    items: [':type/:id'],
    title: 'secret stores',
    reason:
      'Secrets are stored under /environment/secrets or come from the environment of the server, and no secret store would be read',
  },
  {
    path: 'realm-config/secrets',
    items: [],
    title: 'secret stores and their types',
    reason: 'Secrets are stored under /environment/secrets, and no secret store would be read',
  },
  {
    path: 'realm-config/federation/entityproviders/ws',
    items: one,
    title: 'WS-Federation entities',
    reason: 'WS-Federation is not served here',
  },
  {
    path: 'realm-config/authentication/modules',
    items: [':type/:id'],
    title: 'authentication modules',
    reason: 'Authentication modules do not run here, only journeys',
  },
]

const policyPart = 'Authorization policies are not evaluated here'

/** Lists of what the vendor's server can do with policies and secrets. Nothing can be added to them. */
const builtIn: readonly AbsentKind[] = [
  { path: 'applicationtypes', title: 'types of policy sets' },
  { path: 'conditiontypes', title: 'conditions of policies' },
  { path: 'decisioncombiners', title: 'ways to combine policies' },
  { path: 'subjectattributes', title: 'attributes for policies' },
  { path: 'subjecttypes', title: 'subjects of policies' },
].map((list) => ({ ...list, items: [], reason: policyPart }))

/** Below `global-config`. */
const ofServer: readonly AbsentKind[] = [
  {
    path: 'global-config/servers',
    items: one,
    title: 'servers of a deployment',
    reason: 'Servers are configured by their environment, and need no entry in a list',
  },
  {
    path: 'global-config/sites',
    items: one,
    title: 'sites of a deployment',
    reason: 'Servers need no site: set SIDEGATE_BASE_URL to the address of the load balancer',
  },
  {
    path: 'global-config/agents',
    items: [':type/:id'],
    title: 'defaults of agents',
    reason: 'Agents of gateways and web servers cannot sign in here',
  },
  {
    path: 'global-config/secrets',
    items: [],
    title: 'secret stores of all realms and their types',
    reason: 'Secrets are stored under /environment/secrets, and no secret store would be read',
  },
  {
    path: 'global-config/secrets/stores',
    items: [':type/:id'],
    title: 'secret stores of all realms',
    reason:
      'Secrets are stored under /environment/secrets or come from the environment of the server, and no secret store would be read',
  },
  {
    path: 'global-config/authentication/modules',
    items: [':type/:id'],
    title: 'defaults of authentication modules',
    reason: 'Authentication modules do not run here, only journeys',
  },
]

const application = {
  items: one,
  title: 'applications of the identity management',
  reason: 'There are no managed applications here. Register an OAuth2 client or a SAML entity instead',
}

/** Below `openidm`, in the names of the vendor's own installations and of its cloud. */
const ofIdentityManagement: readonly AbsentKind[] = [
  {
    path: '/openidm/internal/role',
    items: one,
    title: 'internal roles',
    reason: 'Roles are fixed here, and people get them in their realm',
  },
  { path: '/openidm/managed/application', ...application },
  { path: '/openidm/managed/alpha_application', ...application },
  { path: '/openidm/managed/bravo_application', ...application },
  ...['alpha', 'bravo'].flatMap((realm) => [
    {
      path: `/openidm/managed/${realm}_role`,
      items: one,
      title: 'roles of the identity management',
      reason: 'Roles are fixed here, and people get them in their realm',
    },
    {
      path: `/openidm/managed/${realm}_group`,
      items: one,
      title: 'groups of the identity management',
      reason: 'There are no groups here. Scripts and policies can use attributes of people',
    },
    {
      path: `/openidm/managed/${realm}_organization`,
      items: one,
      title: 'organizations of the identity management',
      reason: 'There are no organizations here. Realms separate people',
    },
  ]),
  // The root realm in the words of frodo's cloud mode.
  { path: '/openidm/managed//_application', ...application },
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

function routesOf(kind: AbsentKind, access: { read: StaffAccess; write: StaffAccess }): Route[] {
  const { path, title, items } = kind
  const resource = { kind: 'unsupported' }
  const refuse: Handle = () => {
    throw new RequestError(501, kind.reason)
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
