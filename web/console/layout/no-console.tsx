import { Button } from '@mantine/core'
import { signInUrl, signOutTo } from '../../api/own-session.ts'
import { EmptyState } from '../components/empty-state.tsx'

/** For people without any role for the console. */
export function NoConsole() {
  const switchUser = async () => {
    await signOutTo(signInUrl('/', '/console/'), '/')
  }
  return (
    <main>
      <h1 className="spoken">Console</h1>
      <EmptyState
        title="The console is for administrators"
        action={<Button onClick={switchUser}>Sign in as another user</Button>}
      >
        Your account has no administrator role. Help desk agents work at <a href="/desk/">/desk/</a>.
      </EmptyState>
    </main>
  )
}

/** For agents, who can do nothing here. */
export function AgentsPlace({ realm }: { realm: string }) {
  const switchUser = async () => {
    await signOutTo(signInUrl('/', '/console/'), realm)
  }
  return (
    <main>
      <h1 className="spoken">Console</h1>
      <EmptyState
        title="Help desk agents work at /desk/"
        action={
          <div className="empty-acts">
            <Button component="a" href={`/desk/?realm=${encodeURIComponent(realm)}`}>
              Open the desk
            </Button>
            <Button variant="default" onClick={switchUser}>
              Sign in as another user
            </Button>
          </div>
        }
      >
        The console is for administrators, journey authors and auditors.
      </EmptyState>
    </main>
  )
}
