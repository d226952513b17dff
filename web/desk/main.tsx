import { Title } from '@mantine/core'
import { Mantine } from '../look/mantine/mantine.tsx'
import { Mark } from '../look/mark.tsx'
import { startPage } from '../look/start-page.tsx'

startPage(
  <Mantine>
    <main>
      <Mark state={{ kind: 'live', place: 0 }} />
      <Title order={1}>Desk</Title>
    </main>
  </Mantine>,
)
