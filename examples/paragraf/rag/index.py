from pgvector.psycopg import register_vector
from sentence_transformers import CrossEncoder, SentenceTransformer

EMBEDDING_MODEL = "BAAI/bge-m3"

embedder = SentenceTransformer(EMBEDDING_MODEL)
reranker = CrossEncoder("BAAI/bge-reranker-v2-m3")


def embed(texts: list[str]):
    return embedder.encode(texts, normalize_embeddings=True)


def store(connection, rows) -> None:
    register_vector(connection)
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO passages (text, embedding) VALUES (%s, %s)", rows)
