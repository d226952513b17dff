import '../look/base.css'
import { Mark } from '../look/mark.tsx'
import { startPage } from '../look/start-page.tsx'

startPage(
  <main>
    <Mark state={{ kind: 'live', place: 0 }} />
    <h1>Sign in</h1>
  </main>,
)
