import { describe, expect, test } from 'vitest';
import { composeFindings } from './compose.ts';
import { dockerfileFindings } from './dockerfile.ts';
import { packageFindings } from './package-json.ts';

describe('package.json', () => {
  const found = (manifest: object) => packageFindings(JSON.stringify(manifest));

  test('says the name, the command and its port', () => {
    expect(found({ name: 'kv', scripts: { start: 'node server.js --port 9000' } })).toEqual({
      name: { value: 'kv', from: 'package.json' },
      command: {
        value: ['node', 'server.js', '--port', '9000'],
        from: 'package.json (start)',
      },
      ports: { value: [9000], from: 'package.json (start)' },
    });
  });

  test.each([
    'PORT=80 node server.js',
    'node server.js "$HOME"',
    'tsc && node server.js',
    'node server.js > log',
  ])('a script that only a shell understands is left to npm: %s', (start) => {
    expect(found({ scripts: { start } }).command?.value).toEqual([
      'npm',
      'run',
      '--silent',
      'start',
    ]);
  });

  test('without a script, the main file is what is started', () => {
    expect(found({ main: 'lib/server.js' }).command).toEqual({
      value: ['node', 'lib/server.js'],
      from: 'package.json (main)',
    });
  });

  test.each(['', 'no JSON', '[]', '7', '{"name":7,"scripts":{"start":null}}'])(
    'says nothing where it is %j',
    (text) => {
      expect(packageFindings(text)).toEqual({});
    },
  );
});

describe('Dockerfile', () => {
  const found = (...lines: string[]) => dockerfileFindings(lines.join('\n'), 'kv');

  test('says which ports, once each, and which folder', () => {
    expect(
      found('FROM node:24', 'EXPOSE 8080 8081/tcp \\', '  8080', 'expose 9', 'VOLUME ["/data"]'),
    ).toEqual({
      image: { value: 'kv', from: 'the Dockerfile: docker build -t kv .' },
      ports: { value: [8080, 8081, 9], from: 'Dockerfile (EXPOSE)' },
      dataFolder: { value: '/data', from: 'Dockerfile (VOLUME)' },
    });
  });

  test('not ports that are none, or not of TCP, or a variable', () => {
    expect(found('EXPOSE $PORT 53/udp 70000', '# EXPOSE 8080')).not.toHaveProperty('ports');
  });
});

describe('a Compose file', () => {
  const found = (text: string, name = 'kv') => composeFindings(text, name, 'compose.yaml');

  const written = `
x-common: &common
  image: not-this
services:
  cache:   # another one
    image: redis:8
    ports: ['6379:6379']
  kv:
    image: "example.org/kv:\${TAG:-1.2}"
    environment:
      - A=8080
    ports:
      - "127.0.0.1:80:8080"
      - 8081
      - target: 8082
        published: 82
    expose:
    - "9000/tcp"
volumes:
  data:
    image: nor-this
`;

  test('says image and ports of the service that has the name', () => {
    expect(found(written)).toEqual({
      image: { value: 'example.org/kv:1.2', from: 'compose.yaml (kv)' },
      ports: { value: [8080, 8081, 8082, 9000], from: 'compose.yaml (kv)' },
    });
  });

  test('or else of the first', () => {
    expect(found(written, 'other')).toEqual({
      image: { value: 'redis:8', from: 'compose.yaml (cache)' },
      ports: { value: [6379], from: 'compose.yaml (cache)' },
    });
  });

  test('or of the one that is built here', () => {
    const text = 'services:\n  db:\n    image: x\n  app:\n    build: .\n    ports: [ 80 ]\n';
    expect(found(text)).toEqual({ ports: { value: [80], from: 'compose.yaml (app)' } });
  });

  test.each(['', 'services:', 'services: {}', '{"services":{}}', '- a\n- b', 'kv:\n  image: x'])(
    'says nothing where it is %j',
    (text) => {
      expect(found(text)).toEqual({});
    },
  );
});
