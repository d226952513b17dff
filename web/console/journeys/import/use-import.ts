import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type FileToSend,
  type ImportOptions,
  importFiles,
  planImport,
} from '../../../api/journey-exchange.ts'
import { type ChosenFile, readChosen } from './chosen-files.ts'
import type { PlanRow } from './plan-rows.ts'

type Choice = { id: number; files: readonly ChosenFile[]; read(): Promise<FileToSend[]> }

/** State of an import, from choosing files to the result. The plan is computed again when options change. */
export function useImport(realm: string, first: readonly ChosenFile[]) {
  const queries = useQueryClient()
  const [choice, setChoice] = useState(() => choiceOf(first))
  const [options, setOptions] = useState(usualOptions)
  const [asked] = useDebouncedValue(options, debounceMs)
  const plan = useQuery({
    queryKey: [planKey, realm, choice.id, asked],
    queryFn: async ({ signal }) => planImport(realm, await choice.read(), asked, signal),
    enabled: choice.files.length > 0,
    // Keeps showing the plan of the same files while options change.
    placeholderData: (plan, query) => (query?.queryKey[2] === choice.id ? plan : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const isCurrent = asked === options && !plan.isPlaceholderData
  const lint = useQuery({
    queryKey: [planKey, realm, choice.id, asked, 'lint'],
    queryFn: async ({ signal }) =>
      (await planImport(realm, await choice.read(), { ...asked, hasLint: true }, signal)).journeyFindings,
    enabled: isCurrent && plan.data?.isPossible === true,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const work = useMutation({
    mutationFn: async () => importFiles(realm, await choice.read(), options),
    // An import can change anything that the console shows. The plan stays as it was until the dialog closes.
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== planKey }),
  })
  return {
    files: choice.files,
    options,
    plan,
    /** Whether the plan is that of the current options. */
    isCurrent,
    lint,
    work,
    choose(files: readonly ChosenFile[]) {
      setChoice(choiceOf(files))
      setOptions(usualOptions)
      work.reset()
    },
    change(part: Partial<ImportOptions>) {
      // Choices of single items were made against the other default.
      setOptions({ ...options, ...part, choices: 'existing' in part ? [] : options.choices })
      work.reset()
    },
    take(rows: readonly PlanRow[], take: boolean) {
      const byKey = new Map(options.choices.map((one) => [`${one.kind} ${one.id}`, one]))
      for (const { kind, id } of rows) byKey.set(`${kind} ${id}`, { kind, id, take })
      setOptions({ ...options, choices: [...byKey.values()] })
      work.reset()
    },
  }
}

const planKey = 'import-plan'

/** Several choices are sent together. */
const debounceMs = 300

const usualOptions: ImportOptions = {
  dependencies: true,
  existing: 'skip',
  choices: [],
  unreadable: 'refuse',
  from: undefined,
}

let lastId = 0

function choiceOf(files: readonly ChosenFile[]): Choice {
  let reading: Promise<FileToSend[]> | undefined
  lastId++
  return {
    id: lastId,
    files,
    read() {
      reading ??= readChosen(files)
      return reading
    },
  }
}
