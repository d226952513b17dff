import './navigation.css'
import { Kbd, Menu } from '@mantine/core'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment } from 'react'
import { isDevServer } from '../../api/dev.ts'
import { Mark } from '../../design/mark.tsx'
import { useOwnRights } from '../components/use-own-rights.ts'
import { AccountMenu } from './account-menu.tsx'
import { devItem, isFor, navigationGroups } from './navigation-items.ts'
import { RealmMenu } from './realm-menu.tsx'
import { searchKeys } from './use-console-search.ts'

type Props = { realm: string; isSlim: boolean; onSearch(): void }

/** The main navigation. It shows only icons beside the editor, and is a tab bar on phones. */
export function Navigation({ realm, isSlim, onSearch }: Props) {
  const groups = useGroups(realm)
  return (
    <nav className="navigation flex gap-2px" aria-label="Console">
      <Link to="/journeys" search={{ realm }} className="brand row below-2 text-read strong inked">
        <Mark state={{ kind: 'live', place: 2 }} />
        <span className={isSlim ? 'spoken' : undefined}>Sidegate</span>
      </Link>
      <button
        type="button"
        className="place rare"
        title={isSlim ? `Search, ${searchKeys()}` : undefined}
        onClick={onSearch}
      >
        <IconSearch size={18} stroke={1.75} aria-hidden />
        <span className="word">Search</span>
        <Kbd size="xs" className="keys push-end" aria-hidden>
          {searchKeys()}
        </Kbd>
      </button>
      {groups.map((group) => (
        <Fragment key={group.title}>
          <p className="group text-small muted">
            <span className="word">{group.title}</span>
          </p>
          {group.items.map(({ to, title, Icon, isCommon }) => (
            <Link
              key={to}
              to={to}
              search={{ realm }}
              className={isCommon ? 'place' : 'place rare'}
              activeProps={{ 'aria-current': 'page' }}
              title={isSlim ? title : undefined}
            >
              <Icon size={18} stroke={1.75} aria-hidden />
              <span className="word">{title}</span>
            </Link>
          ))}
        </Fragment>
      ))}
      <MoreMenu realm={realm} onSearch={onSearch} />
      <div className="foot stack gap-2px">
        <RealmMenu realm={realm} isSlim={isSlim} />
        <AccountMenu isSlim={isSlim} />
      </div>
    </nav>
  )
}

/** The pages that the signed-in person has a use for. */
function useGroups(realm: string) {
  const isDev = useQuery({ queryKey: ['is-dev'], queryFn: isDevServer, staleTime: Number.POSITIVE_INFINITY })
  const { data: rights = [] } = useOwnRights(realm)
  const ofServer = isDev.data === true ? [devItem] : []
  return navigationGroups.map(({ title, items }, at) => ({
    title,
    items: [...items.filter((item) => isFor(rights, item)), ...(at === 1 ? ofServer : [])],
  }))
}

/** On phones: the pages without a tab of their own. */
function MoreMenu({ realm, onSearch }: Omit<Props, 'isSlim'>) {
  const groups = useGroups(realm)
  const navigate = useNavigate()
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <button type="button" className="place more">
          <IconDots size={18} stroke={1.75} aria-hidden />
          <span className="word">More</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />} onClick={onSearch}>
          Search
        </Menu.Item>
        {groups.map((group) => (
          <Fragment key={group.title}>
            <Menu.Label>{group.title}</Menu.Label>
            {group.items
              .filter(({ isCommon }) => !isCommon)
              .map(({ to, title, Icon }) => (
                <Menu.Item
                  key={to}
                  leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
                  onClick={() => navigate({ to, search: { realm } })}
                >
                  {title}
                </Menu.Item>
              ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
