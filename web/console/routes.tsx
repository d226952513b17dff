import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import * as z from 'zod/mini'
import { auditSearch } from './audit/filter.ts'
import { PageSkeleton } from './components/page-skeleton.tsx'
import { textParam } from './components/text-param.ts'
import { failedSignInsSearch } from './failed-sign-ins/search.ts'
import { versionKinds } from './history/version-text.ts'
import { orders, states } from './journeys/list/filter.ts'
import { ConsoleLayout } from './layout/console-layout.tsx'
import { MissingPage } from './layout/missing-page.tsx'
import { deliveriesSearch } from './realm/webhooks/deliveries-search.ts'
import { transactionsSearch } from './transactions/filter.ts'

/** Every console URL names its realm, so that shared links open the same page. */
const rootSearch = z.object({
  realm: z._default(z.string(), '/alpha'),
  /** What the page opens at once (`useOpenedAct`). */
  act: textParam,
})

/** Filters of the journey list. Unknown values are ignored. */
const journeysSearch = z.object({
  find: z.catch(z.optional(z.string()), undefined),
  category: z.catch(z.optional(z.string()), undefined),
  state: z.catch(z.optional(z.enum(states)), undefined),
  order: z.catch(z.optional(z.enum(orders)), undefined),
})

/** `run`: the editor opens with the run panel. `node`: id of the selected node. */
const journeySearch = z.object({ run: z.catch(z.optional(z.boolean()), undefined), node: textParam })

/** `node`: id of the node whose last step is selected. */
const storedRunSearch = z.object({ node: textParam })

/** The line of a script to select. */
const scriptSearch = z.object({ line: z.catch(z.optional(z.int().check(z.minimum(1))), undefined) })

/** Filter of the history. */
const historySearch = z.object({
  only: z.catch(z.optional(z.literal('deleted')), undefined),
  kind: z.catch(z.optional(z.enum(versionKinds)), undefined),
  text: textParam,
  person: textParam,
})

const root = createRootRoute({
  validateSearch: (given) => z.parse(rootSearch, given),
  component: ConsoleLayout,
})
const getParentRoute = () => root

const transactions = createRoute({
  getParentRoute,
  path: '/transactions',
  validateSearch: (given) => z.parse(transactionsSearch, given),
  component: lazyRouteComponent(() => import('./transactions/transactions-page.tsx'), 'TransactionsPage'),
})

const transaction = createRoute({
  getParentRoute: () => transactions,
  path: '$reference',
  component: lazyRouteComponent(() => import('./transactions/transaction-panel.tsx'), 'TransactionPanel'),
})

type Load<Name extends string> = () => Promise<Readonly<Record<NoInfer<Name>, () => ReactNode>>>

/** A page without search parameters of its own. */
function page<const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) {
  return createRoute({ getParentRoute, path, component: lazyRouteComponent(load, name) as RouteComponent })
}

/** A tab of the realm settings, or a page below one. */
function realmPage<const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) {
  const component = lazyRouteComponent(load, name) as RouteComponent
  return createRoute({ getParentRoute: () => realm, path, component })
}

/** Pages are loaded when they are first opened. */
const pages = [
  createRoute({
    getParentRoute,
    path: '/',
    beforeLoad: ({ search }) => {
      throw redirect({ to: '/journeys', search })
    },
  }),
  createRoute({
    getParentRoute,
    path: '/journeys',
    validateSearch: (given) => z.parse(journeysSearch, given),
    component: lazyRouteComponent(() => import('./journeys/journeys-page.tsx'), 'JourneysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/journeys/$name',
    validateSearch: (given) => z.parse(journeySearch, given),
    component: lazyRouteComponent(() => import('./editor/editor-page.tsx'), 'EditorPage'),
  }),
  page('/node-types/$type', () => import('./node-types/node-type-page.tsx'), 'NodeTypePage'),
  createRoute({
    getParentRoute,
    path: '/runs/$id',
    validateSearch: (given) => z.parse(storedRunSearch, given),
    component: lazyRouteComponent(() => import('./editor/run-page.tsx'), 'RunPage'),
  }),
  page('/custom-nodes', () => import('./custom-nodes/custom-nodes-page.tsx'), 'CustomNodesPage'),
  createRoute({
    getParentRoute,
    path: '/custom-nodes/$id',
    validateSearch: (given) => z.parse(scriptSearch, given),
    component: lazyRouteComponent(() => import('./custom-nodes/designer-page.tsx'), 'DesignerPage'),
  }),
  page('/scripts', () => import('./scripts/scripts-page.tsx'), 'ScriptsPage'),
  createRoute({
    getParentRoute,
    path: '/scripts/$id',
    validateSearch: (given) => z.parse(scriptSearch, given),
    component: lazyRouteComponent(() => import('./scripts/script-page.tsx'), 'ScriptPage'),
  }),
  transactions.addChildren([transaction]),
  createRoute({
    getParentRoute,
    path: '/sessions',
    validateSearch: (given) => z.parse(z.object({ person: textParam }), given),
    component: lazyRouteComponent(() => import('./sessions/sessions-page.tsx'), 'SessionsPage'),
  }),
  page('/applications', () => import('./applications/applications-page.tsx'), 'ApplicationsPage'),
  page('/applications/$id', () => import('./applications/application-page.tsx'), 'ApplicationPage'),
  createRoute({
    getParentRoute,
    path: '/audit',
    validateSearch: (given) => z.parse(auditSearch, given),
    component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/failed-sign-ins',
    validateSearch: (given) => z.parse(failedSignInsSearch, given),
    component: lazyRouteComponent(
      () => import('./failed-sign-ins/failed-sign-ins-page.tsx'),
      'FailedSignInsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/history',
    validateSearch: (given) => z.parse(historySearch, given),
    component: lazyRouteComponent(() => import('./history/history-page.tsx'), 'HistoryPage'),
  }),
  page('/dev', () => import('./dev/dev-page.tsx'), 'DevPage'),
  page('/checklist', () => import('./checklist/checklist-page.tsx'), 'ChecklistPage'),
  page('/realms', () => import('./realms/realms-page.tsx'), 'RealmsPage'),
  page('/server', () => import('./server/server-page.tsx'), 'ServerPage'),
  page('/environment', () => import('./environment/environment-page.tsx'), 'EnvironmentPage'),
  page('/environment/$id', () => import('./environment/esv-page.tsx'), 'EsvPage'),
  page(
    '/service-accounts',
    () => import('./service-accounts/service-accounts-page.tsx'),
    'ServiceAccountsPage',
  ),
  page(
    '/service-accounts/$id',
    () => import('./service-accounts/service-account-page.tsx'),
    'ServiceAccountPage',
  ),
]

/** Filters of the people list. They stay in the URL while a person is open beside it. */
const peopleSearch = z.object({
  // The router parses a bare number in the URL as a number.
  q: z.catch(z.optional(z.union([z.string(), z.number()])), undefined),
  status: z.catch(z.optional(z.enum(['active', 'inactive'])), undefined),
  sort: z.catch(z.optional(z.string()), undefined),
})

const identities = createRoute({
  getParentRoute,
  path: '/identities',
  validateSearch: (given) => z.parse(peopleSearch, given),
  component: lazyRouteComponent(() => import('./identities/identities-page.tsx'), 'IdentitiesPage'),
})

const identityPages = [
  createRoute({
    getParentRoute: () => identities,
    path: '/$id',
    component: lazyRouteComponent(() => import('./identities/person/person-page.tsx'), 'PersonPage'),
  }),
]

const realm = createRoute({
  getParentRoute,
  path: '/realm',
  component: lazyRouteComponent(() => import('./realm/realm-page.tsx'), 'RealmPage'),
})

const realmPages = [
  realmPage('/', () => import('./realm/settings/settings-page.tsx'), 'SettingsPage'),
  realmPage('/themes', () => import('./realm/themes/themes-page.tsx'), 'ThemesPage'),
  realmPage('/themes/$id', () => import('./realm/themes/theme-page.tsx'), 'ThemePage'),
  realmPage('/templates', () => import('./realm/templates/templates-page.tsx'), 'TemplatesPage'),
  realmPage('/templates/$name', () => import('./realm/templates/template-page.tsx'), 'TemplatePage'),
  realmPage('/webhooks', () => import('./realm/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
  createRoute({
    getParentRoute: () => realm,
    path: '/webhooks/$id',
    validateSearch: (given) => z.parse(deliveriesSearch, given),
    component: lazyRouteComponent(() => import('./realm/webhooks/webhook-page.tsx'), 'WebhookPage'),
  }),
  realmPage(
    '/identity-providers',
    () => import('./realm/identity-providers/identity-providers-page.tsx'),
    'IdentityProvidersPage',
  ),
  realmPage(
    '/identity-providers/$id',
    () => import('./realm/identity-providers/identity-provider-page.tsx'),
    'IdentityProviderPage',
  ),
  realmPage('/saml', () => import('./realm/saml/saml-page.tsx'), 'SamlPage'),
  realmPage('/saml/$id', () => import('./realm/saml/saml-entity-page.tsx'), 'SamlEntityPage'),
  realmPage('/kept', () => import('./realm/kept/kept-page.tsx'), 'KeptPage'),
  realmPage('/missing', () => import('./realm/missing-page.tsx'), 'StillMissingPage'),
]

export const router = createRouter({
  routeTree: root.addChildren([
    ...pages,
    identities.addChildren(identityPages),
    realm.addChildren(realmPages),
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  // A page that loads faster shows no skeleton.
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
  defaultNotFoundComponent: MissingPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
