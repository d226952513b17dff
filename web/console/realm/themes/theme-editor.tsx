import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { previewTheme } from '../../../api/themes.ts'
import { colourTitles } from './theme-settings.ts'
import './theme-editor.css'
import { Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'
import type { ThemePreview } from '../../../api/themes.ts'
import { FormContext } from '../../form/form-context.tsx'
import { DraftHistory } from '../../history/draft-history.tsx'
import { DeleteResource } from '../../resources/delete-resource.tsx'
import { ThingHead } from '../../resources/thing-head.tsx'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import type { StoredDocument } from '../../saving/stored-document.ts'
import { useDraft } from '../../saving/use-draft.ts'
import { ColourFields } from './colour-fields.tsx'
import { SignInPreview } from './sign-in-preview.tsx'
import { themeStorage, themes } from './theme-document.ts'
import { ThemeFields } from './theme-fields.tsx'
import { settingTitle } from './theme-settings.ts'

/** Edits a theme beside a preview of the sign-in page and the caller's page. */
export function ThemeEditor({ realm, id, stored }: { realm: string; id: string; stored: StoredDocument }) {
  const draft = useThemeDraft(realm, id, stored)
  const thing = { kind: 'theme', id } as const
  const { document, set } = draft
  const preview = usePreview(document)
  const pairs = preview?.pairs ?? []
  const dark = isJsonObject(document.dark) ? document.dark : undefined
  const formContext = useMemo(() => ({ realm, stateKeys: [], nodeTypes: [] }), [realm])
  return (
    <FormContext value={formContext}>
      <div className="theme-editor">
        <div className="form stack items-start gap-4">
          <DraftHistory realm={realm} thing={thing} name={String(document.name)} draft={draft}>
            <ThingHead realm={realm} name={String(document.name)} list="/realm/themes" back="All themes" />
          </DraftHistory>
          <ThemeFields realm={realm} document={document} set={set} />
          <ColourFields title="Colours" isDark={false} values={document} pairs={pairs} onChange={set} />
          <Switch
            label="Custom dark colours"
            description="When off, dark mode uses the default colours and the theme’s button colour."
            checked={dark !== undefined}
            onChange={({ currentTarget: { checked } }) => set(['dark'], checked ? {} : undefined)}
          />
          {dark !== undefined && (
            <ColourFields title="Dark colours" isDark values={dark} pairs={pairs} onChange={set} />
          )}
          <DeleteResource
            of={themes}
            realm={realm}
            id={id}
            noun="theme"
            question={`Delete ${document.name}? Its journeys will use the default theme.`}
            confirmLabel={`Delete ${document.name}`}
          />
          <SaveBar draft={draft} hasNote blocker={blockerOf(document, pairs)} />
        </div>
        {preview !== undefined && <Previews colours={preview.colours} document={document} />}
      </div>
      <DraftSheets
        draft={draft}
        realm={realm}
        changed={thing}
        titleOf={settingTitle}
        name={String(document.name)}
      />
    </FormContext>
  )
}

/** The reason why the theme can't be saved yet. */
function blockerOf({ name }: JsonObject, pairs: ThemePreview['pairs']): string | undefined {
  if (name === '') return 'Enter a name.'
  return pairs.every(({ isReadable }) => isReadable) ? undefined : 'Some text has too little contrast.'
}

type PreviewsProps = { colours: ThemePreview['colours']; document: JsonObject }

function Previews({ colours, document }: PreviewsProps) {
  return (
    <section className="previews" aria-label="Preview">
      {(['light', 'dark'] as const).map((scheme) => (
        <SignInPreview
          key={scheme}
          title={scheme === 'light' ? 'Light' : 'Dark'}
          colours={colours[scheme]}
          brand={{
            organisation: textIn(document.organisationName) || String(document.name),
            logo: textIn(document.logo),
            logoHeight: Number(document.logoHeight) || 40,
            backgroundImage: textIn(document.backgroundImage),
          }}
        />
      ))}
    </section>
  )
}

function useThemeDraft(realm: string, id: string, stored: StoredDocument) {
  const queries = useQueryClient()
  const keeper = themeStorage(realm, id)
  return useDraft(stored, {
    read: keeper.read,
    async save(document, base, note) {
      const saved = await keeper.save(document, base, note)
      await queries.invalidateQueries({ queryKey: ['themes', realm], exact: true })
      return saved
    },
  })
}

/** A text, or that of the first language. */
function textIn(value: unknown): string {
  const first = isJsonObject(value) ? Object.values(value)[0] : value
  return typeof first === 'string' ? first : ''
}

/** Preview colours of a theme, debounced. Images aren't sent, because they don't affect colours. */
function usePreview(theme: JsonObject) {
  const names = Object.keys(colourTitles)
  const coloursIn = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
  const dark = theme.dark
  const colours = {
    ...coloursIn(theme),
    ...(typeof dark === 'object' && dark !== null && !Array.isArray(dark) ? { dark: coloursIn(dark) } : {}),
  }
  const [settled] = useDebouncedValue(JSON.stringify(colours), 150)
  return useQuery({
    queryKey: ['theme-preview', settled],
    queryFn: ({ signal }) => previewTheme(JSON.parse(settled), signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}
