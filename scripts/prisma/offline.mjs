// A database that holds nothing, so that two schema files can be compared without a server.

const emptyAnswer = { columnNames: [], columnTypes: [], rows: [] }

function emptyAdapter() {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    queryRaw: async () => emptyAnswer,
    executeRaw: async () => 0,
    executeScript: async () => undefined,
    startTransaction: async () => {
      throw new Error('There is no database to write to.')
    },
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => undefined,
  }
}

/** @returns an adapter factory like EngineAdapterFactory's, for calls that read no database */
export function offlineFactory() {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    lastScriptFailure: undefined,
    connect: async () => emptyAdapter(),
    connectToShadowDb: async () => emptyAdapter(),
    disposeAll: async () => undefined,
  }
}

/** @returns {boolean} whether a call compares nothing but schema files */
export function isOffline(method, params) {
  const fromFiles = ({ tag }) => tag === 'empty' || tag === 'schemaDatamodel'
  return method === 'diff' && fromFiles(params.from) && fromFiles(params.to)
}
