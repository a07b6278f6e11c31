/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Types of what is served; the whole tree, tests included, is checked by `npm test`.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  reactStrictMode: true,
  // Tenant files never pass through the optimizer: it keys its cache by URL without the host.
  images: { unoptimized: true },
  experimental: {
    authInterrupts: true,
    // proxy.ts refuses larger bodies by their length; this is what Next keeps in memory of one.
    proxyClientMaxBodySize: '9mb',
    serverActions: { bodySizeLimit: '9mb' },
  },
  serverExternalPackages: [
    ...[
      'pg',
      'pino',
      '@prisma/client',
      '@prisma/adapter-pg',
      '@node-rs/argon2',
      'sharp',
      '@aws-sdk/client-s3',
      'pdfkit',
    ],
    ...['next-auth', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common'],
  ],
  headers: async () => [
    {
      source: '/_next/static/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        // A missing asset is answered with a page that proxy.ts never saw.
        { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
    },
  ],
}

module.exports = config
