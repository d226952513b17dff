import { expect, test } from 'vitest'
import { collection } from './collection.ts'

const three = ['a', 'b', 'c'].map((_id) => ({ _id }))
const listed = (query: string) => collection(three, new URLSearchParams(query))

test('counts all matches of a page only if the client asks for it', () => {
  expect(listed('_pageSize=1')).toMatchObject({ totalPagedResultsPolicy: 'NONE', totalPagedResults: -1 })
  expect(listed('_pageSize=1&_totalPagedResultsPolicy=EXACT')).toMatchObject({
    resultCount: 1,
    totalPagedResultsPolicy: 'EXACT',
    totalPagedResults: 3,
  })
})
