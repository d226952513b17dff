import '../../components/listing.css'
import './themes-page.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { JsonObject } from '../../../api/json.ts'
import { readThemes, saveThemes } from '../../../api/themes.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useOpenedAct } from '../../components/use-opened-act.ts'
import { journeysOf } from './theme-document.ts'

/** Themes of the realm's sign-in pages. */
export function ThemesPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({
    queryKey: ['themes', realm],
    queryFn: ({ signal }) => readThemes(realm, signal),
  })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New theme
    </Button>
  )
  if (read.error !== null) {
    return <ErrorNotice title="The themes could not be read" error={read.error} onRetry={read.refetch} />
  }
  if (read.data === undefined) return <Skeleton label="Loading themes" rows={3} />
  return (
    <>
      {read.data.themes.length === 0 ? (
        <EmptyState title="No themes yet" action={act}>
          Without a theme, sign-in pages use the default colours and the organisation name.
        </EmptyState>
      ) : (
        <>
          <div className="listing-acts">{act}</div>
          <ul className="listing themes">
            {read.data.themes.map((theme) => (
              <ThemeRow key={String(theme._id)} realm={realm} theme={theme} />
            ))}
          </ul>
        </>
      )}
      {isNew && <NewTheme realm={realm} onClose={() => setNew(false)} />}
    </>
  )
}

function ThemeRow({ realm, theme }: { realm: string; theme: JsonObject }) {
  const journeys = journeysOf(theme)
  const colour = typeof theme.primaryColor === 'string' ? theme.primaryColor : ''
  return (
    <li>
      <i className="swatch" aria-hidden="true" style={colour === '' ? {} : { background: colour }} />
      <Link to="/realm/themes/$id" params={{ id: String(theme._id) }} search={{ realm }}>
        <bdi>{String(theme.name)}</bdi>
      </Link>
      <p>
        {theme.isDefault === true && 'Default. '}
        {journeys.length > 0 && <bdi>{journeys.join(', ')}</bdi>}
      </p>
    </li>
  )
}

function NewTheme({ realm, onClose }: { realm: string; onClose(): void }) {
  const [name, setName] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const creation = useMutation({
    async mutationFn() {
      const { themes, revision } = await readThemes(realm)
      const theme = { name: name.trim(), isDefault: themes.length === 0, linkedTrees: [] }
      const saved = await saveThemes(realm, [...themes, theme], revision)
      return saved.themes.find((each) => each.name === theme.name)
    },
    async onSuccess(created) {
      await queries.invalidateQueries({ queryKey: ['themes', realm] })
      await navigate({ to: '/realm/themes/$id', params: { id: String(created?._id) }, search: { realm } })
    },
  })
  return (
    <Sheet title="New theme" onClose={onClose}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') creation.mutate()
        }}
      >
        {creation.error !== null && <ErrorNotice title="The theme was not created" error={creation.error} />}
        <TextInput
          data-autofocus
          label="Name"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={name.trim() === ''}>
            Create theme
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
