/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lucene 8.7 (Debian's jars) in a Java 17 virtual machine of this process, called through JNI: no
 * Java source, the calls are what a Java program would make.
 *
 * In Lucene's favour: documents come in our order (by powiat and CPV code), so that it has the same
 * clustering; one segment (forceMerge(1)) in a memory-mapped directory; the query objects are made
 * before the clock runs; IndexSearcher as it comes, with its query cache, BM25Similarity and top-k
 * pruning (TopScoreDocCollector counts at most 1,000 hits exactly). Each JNI call costs about 0.1
 * us, three are timed.
 */
#include "benchmarks/search/engine.h"

#ifdef SP_WITH_JNI

#include <jni.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 1 << 20, OPTION_BYTES = 512, FRAME_OBJECTS = 64 };

#define LUCENE "org/apache/lucene/"

struct lucene_state {
    const struct corpus_query *queries;
    size_t query_count;
    JavaVM *machine;
    JNIEnv *env;
    jobject searcher;
    jmethodID search;
    jfieldID score_docs;
    jfieldID doc;
    jobject *prepared; /* query_count x MODE_COUNT */
    char version[64];
};

/** Tell of a pending exception, if any, and clear it. */
static enum sp_status check(JNIEnv *env, const char *what, struct sp_error *err)
{
    if (!(*env)->ExceptionCheck(env)) {
        return SP_OK;
    }
    (*env)->ExceptionDescribe(env);
    (*env)->ExceptionClear(env);
    return SP_FAIL(err, SP_INTERNAL, "lucene", "Java: %s nie udało się.", "Java: %s failed.", what);
}

/** A new object made by the constructor with @p signature; NULL with an exception pending. */
static jobject make(JNIEnv *env, const char *class_name, const char *signature, ...)
{
    jclass class = (*env)->FindClass(env, class_name);
    jmethodID constructor =
        class == NULL ? NULL : (*env)->GetMethodID(env, class, "<init>", signature);
    if (constructor == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject object = (*env)->NewObjectV(env, class, constructor, arguments);
    va_end(arguments);
    return object;
}

static jobject static_object(JNIEnv *env, const char *class_name, const char *name,
                             const char *signature)
{
    jclass class = (*env)->FindClass(env, class_name);
    jfieldID field = class == NULL ? NULL : (*env)->GetStaticFieldID(env, class, name, signature);
    return field == NULL ? NULL : (*env)->GetStaticObjectField(env, class, field);
}

static enum sp_status start_machine(struct lucene_state *state, struct sp_error *err)
{
    char class_path[OPTION_BYTES];
    snprintf(class_path, sizeof(class_path), "-Djava.class.path=%s:%s", SP_LUCENE_CORE,
             SP_LUCENE_ANALYZERS);
    char most[] = "-Xmx4g"; /* JNI wants them writable */
    char least[] = "-Xms2g";
    char collector[] = "-XX:+UseParallelGC";
    JavaVMOption options[] = {{.optionString = class_path},
                              {.optionString = most},
                              {.optionString = least},
                              {.optionString = collector}};
    JavaVMInitArgs arguments = {
        .version = JNI_VERSION_10, .nOptions = SP_COUNT(options), .options = options};
    void *env = NULL;
    if (JNI_CreateJavaVM(&state->machine, &env, &arguments) != JNI_OK) {
        return SP_FAIL(err, SP_UNSUPPORTED, "lucene", "Nie można uruchomić maszyny Javy.",
                       "The Java virtual machine does not start.");
    }
    state->env = env;
    return SP_OK;
}

static jobject open_directory(JNIEnv *env, const char *path)
{
    jobject file =
        make(env, "java/io/File", "(Ljava/lang/String;)V", (*env)->NewStringUTF(env, path));
    if (file == NULL) {
        return NULL;
    }
    jmethodID to_path = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, file), "toPath",
                                            "()Ljava/nio/file/Path;");
    return make(env, LUCENE "store/MMapDirectory", "(Ljava/nio/file/Path;)V",
                (*env)->CallObjectMethod(env, file, to_path));
}

static jobject make_writer(JNIEnv *env, jobject directory)
{
    jobject analyzer = make(env, LUCENE "analysis/core/WhitespaceAnalyzer", "()V");
    jobject config = analyzer == NULL ? NULL
                                      : make(env, LUCENE "index/IndexWriterConfig",
                                             "(L" LUCENE "analysis/Analyzer;)V", analyzer);
    if (config == NULL) {
        return NULL;
    }
    jmethodID set_buffer =
        (*env)->GetMethodID(env, (*env)->GetObjectClass(env, config), "setRAMBufferSizeMB",
                            "(D)L" LUCENE "index/IndexWriterConfig;");
    (*env)->CallObjectMethod(env, config, set_buffer, 1024.0); /* one flush keeps the order */
    return make(env, LUCENE "index/IndexWriter",
                "(L" LUCENE "store/Directory;L" LUCENE "index/IndexWriterConfig;)V", directory,
                config);
}

/** What adding a document needs, looked up once. */
struct adder {
    jobject writer;
    jmethodID add_document;
    jclass document;
    jmethodID new_document;
    jmethodID add_field;
    jobject not_stored;
    char *text;
};

static bool prepare_adder(JNIEnv *env, jobject writer, struct adder *out)
{
    out->writer = writer;
    out->add_document = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, writer), "addDocument",
                                            "(Ljava/lang/Iterable;)J");
    out->document = (*env)->FindClass(env, LUCENE "document/Document");
    out->not_stored =
        static_object(env, LUCENE "document/Field$Store", "NO", "L" LUCENE "document/Field$Store;");
    if (out->document == NULL || out->not_stored == NULL) {
        return false;
    }
    out->new_document = (*env)->GetMethodID(env, out->document, "<init>", "()V");
    out->add_field =
        (*env)->GetMethodID(env, out->document, "add", "(L" LUCENE "index/IndexableField;)V");
    out->text = malloc(TEXT_BYTES);
    return out->text != NULL && out->add_field != NULL && out->add_document != NULL;
}

static void add_field(JNIEnv *env, const struct adder *adder, jobject document,
                      const char *field_class, const char *name, const char *value)
{
    jobject field = make(
        env, field_class, "(Ljava/lang/String;Ljava/lang/String;L" LUCENE "document/Field$Store;)V",
        (*env)->NewStringUTF(env, name), (*env)->NewStringUTF(env, value), adder->not_stored);
    if (field != NULL) {
        (*env)->CallVoidMethod(env, document, adder->add_field, field);
    }
}

static void add_document(JNIEnv *env, const struct adder *adder, const struct corpus *corpus,
                         const struct corpus_document *from)
{
    size_t length = 0;
    for (uint32_t i = 0; i < from->word_count && length + TOKEN_BYTES < TEXT_BYTES; i++) {
        char token[TOKEN_BYTES];
        corpus_token(corpus->words[from->first_word + i], token);
        length += (size_t)sprintf(adder->text + length, "%s ", token);
    }
    adder->text[length] = '\0';
    char powiat[16];
    snprintf(powiat, sizeof(powiat), "%u", from->powiat);
    jobject document = (*env)->NewObject(env, adder->document, adder->new_document);
    add_field(env, adder, document, LUCENE "document/TextField", "text", adder->text);
    add_field(env, adder, document, LUCENE "document/StringField", "powiat", powiat);
    if (!(*env)->ExceptionCheck(env)) {
        (*env)->CallLongMethod(env, adder->writer, adder->add_document, document);
    }
}

static enum sp_status add_all(JNIEnv *env, jobject writer, const struct corpus *corpus,
                              struct sp_error *err)
{
    struct adder adder = {0};
    enum sp_status status =
        prepare_adder(env, writer, &adder) ? SP_OK : check(env, "Document", err);
    for (uint32_t i = 0; i < corpus->document_count && status == SP_OK; i++) {
        if ((*env)->PushLocalFrame(env, FRAME_OBJECTS) != 0) {
            status = SP_FAIL_NOMEM(err);
            break;
        }
        add_document(env, &adder, corpus, &corpus->documents[i]);
        status = check(env, "addDocument", err);
        (*env)->PopLocalFrame(env, NULL);
    }
    free(adder.text);
    if (status == SP_OK) {
        jclass class = (*env)->GetObjectClass(env, writer);
        (*env)->CallVoidMethod(env, writer, (*env)->GetMethodID(env, class, "forceMerge", "(I)V"),
                               1);
        status = check(env, "forceMerge", err);
    }
    if (status == SP_OK) {
        jclass class = (*env)->GetObjectClass(env, writer);
        (*env)->CallVoidMethod(env, writer, (*env)->GetMethodID(env, class, "close", "()V"));
        status = check(env, "close", err);
    }
    return status;
}

static enum sp_status open_searcher(struct lucene_state *state, jobject directory,
                                    struct sp_error *err)
{
    JNIEnv *env = state->env;
    jclass reader_class = (*env)->FindClass(env, LUCENE "index/DirectoryReader");
    jmethodID open =
        (*env)->GetStaticMethodID(env, reader_class, "open",
                                  "(L" LUCENE "store/Directory;)L" LUCENE "index/DirectoryReader;");
    jobject reader = (*env)->CallStaticObjectMethod(env, reader_class, open, directory);
    jobject searcher =
        (*env)->ExceptionCheck(env)
            ? NULL
            : make(env, LUCENE "search/IndexSearcher", "(L" LUCENE "index/IndexReader;)V", reader);
    if (searcher == NULL) {
        return check(env, "IndexSearcher", err);
    }
    state->searcher = (*env)->NewGlobalRef(env, searcher);
    state->search = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, searcher), "search",
                                        "(L" LUCENE "search/Query;I)L" LUCENE "search/TopDocs;");
    state->score_docs = (*env)->GetFieldID(env, (*env)->FindClass(env, LUCENE "search/TopDocs"),
                                           "scoreDocs", "[L" LUCENE "search/ScoreDoc;");
    state->doc =
        (*env)->GetFieldID(env, (*env)->FindClass(env, LUCENE "search/ScoreDoc"), "doc", "I");
    return check(env, "search", err);
}

/** What making a query needs, looked up once. */
struct query_maker {
    jmethodID add;
    jmethodID build;
    jobject should;
    jobject must;
    jobject filter;
};

static enum sp_status prepare_maker(JNIEnv *env, struct query_maker *out, struct sp_error *err)
{
    const char *occur = "L" LUCENE "search/BooleanClause$Occur;";
    jclass builder = (*env)->FindClass(env, LUCENE "search/BooleanQuery$Builder");
    out->add =
        (*env)->GetMethodID(env, builder, "add",
                            "(L" LUCENE "search/Query;L" LUCENE
                            "search/BooleanClause$Occur;)L" LUCENE "search/BooleanQuery$Builder;");
    out->build = (*env)->GetMethodID(env, builder, "build", "()L" LUCENE "search/BooleanQuery;");
    out->should = static_object(env, LUCENE "search/BooleanClause$Occur", "SHOULD", occur);
    out->must = static_object(env, LUCENE "search/BooleanClause$Occur", "MUST", occur);
    out->filter = static_object(env, LUCENE "search/BooleanClause$Occur", "FILTER", occur);
    return check(env, "BooleanQuery", err);
}

static void add_clause(JNIEnv *env, const struct query_maker *maker, jobject builder,
                       const char *field, const char *value, jobject occur)
{
    jobject term = make(env, LUCENE "index/Term", "(Ljava/lang/String;Ljava/lang/String;)V",
                        (*env)->NewStringUTF(env, field), (*env)->NewStringUTF(env, value));
    jobject clause = term == NULL
                         ? NULL
                         : make(env, LUCENE "search/TermQuery", "(L" LUCENE "index/Term;)V", term);
    if (clause != NULL) {
        (*env)->CallObjectMethod(env, builder, maker->add, clause, occur);
    }
}

static jobject make_query(JNIEnv *env, const struct query_maker *maker,
                          const struct corpus_query *query, unsigned mode)
{
    jobject builder = make(env, LUCENE "search/BooleanQuery$Builder", "()V");
    for (uint32_t i = 0; i < query->count && builder != NULL; i++) {
        char token[TOKEN_BYTES];
        corpus_token(query->terms[i], token);
        add_clause(env, maker, builder, "text", token,
                   (mode & MODE_ALL) != 0 ? maker->must : maker->should);
    }
    if ((mode & MODE_POWIAT) != 0 && (mode & MODE_ALL) == 0 && builder != NULL) {
        /* a FILTER makes SHOULD clauses optional: the words become one MUST of their own */
        jobject words = (*env)->CallObjectMethod(env, builder, maker->build);
        builder = make(env, LUCENE "search/BooleanQuery$Builder", "()V");
        (*env)->CallObjectMethod(env, builder, maker->add, words, maker->must);
    }
    if ((mode & MODE_POWIAT) != 0 && builder != NULL) {
        char powiat[16];
        snprintf(powiat, sizeof(powiat), "%u", query->powiat);
        add_clause(env, maker, builder, "powiat", powiat, maker->filter);
    }
    return (*env)->ExceptionCheck(env) ? NULL
                                       : (*env)->CallObjectMethod(env, builder, maker->build);
}

static enum sp_status prepare_queries(struct lucene_state *state, struct sp_error *err)
{
    JNIEnv *env = state->env;
    struct query_maker maker;
    enum sp_status status = prepare_maker(env, &maker, err);
    state->prepared = calloc(state->query_count * MODE_COUNT, sizeof(*state->prepared));
    if (status == SP_OK && state->prepared == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < state->query_count * MODE_COUNT && status == SP_OK; i++) {
        if ((*env)->PushLocalFrame(env, FRAME_OBJECTS) != 0) {
            return SP_FAIL_NOMEM(err);
        }
        jobject query =
            make_query(env, &maker, &state->queries[i / MODE_COUNT], (unsigned)(i % MODE_COUNT));
        state->prepared[i] = query == NULL ? NULL : (*env)->NewGlobalRef(env, query);
        (*env)->PopLocalFrame(env, NULL);
        status = check(env, "Query", err);
    }
    return status;
}

static void read_version(struct lucene_state *state)
{
    JNIEnv *env = state->env;
    jobject latest =
        static_object(env, LUCENE "util/Version", "LATEST", "L" LUCENE "util/Version;");
    jmethodID to_string = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, latest), "toString",
                                              "()Ljava/lang/String;");
    jstring text = (*env)->CallObjectMethod(env, latest, to_string);
    const char *chars = (*env)->GetStringUTFChars(env, text, NULL);
    snprintf(state->version, sizeof(state->version), "jar 8.7.0, Version.LATEST %s", chars);
    (*env)->ReleaseStringUTFChars(env, text, chars);
}

static enum sp_status open_lucene(struct engine *engine, const struct corpus *corpus,
                                  const struct corpus_query *queries, size_t query_count,
                                  const char *directory, struct sp_error *err)
{
    struct lucene_state *state = calloc(1, sizeof(*state));
    engine->state = state;
    if (state == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    state->queries = queries;
    state->query_count = query_count;
    enum sp_status status = start_machine(state, err);
    if (status != SP_OK) {
        return status;
    }
    jobject lucene_directory = open_directory(state->env, directory);
    jobject writer = lucene_directory == NULL ? NULL : make_writer(state->env, lucene_directory);
    if (writer == NULL) {
        status = check(state->env, "IndexWriter", err);
        return status == SP_OK ? SP_INTERNAL : status;
    }
    status = add_all(state->env, writer, corpus, err);
    if (status == SP_OK) {
        status = open_searcher(state, lucene_directory, err);
    }
    if (status == SP_OK) {
        status = prepare_queries(state, err);
    }
    if (status == SP_OK) {
        read_version(state);
        engine->version = state->version;
    }
    return status;
}

static enum sp_status search_lucene(struct engine *engine, size_t number, unsigned mode,
                                    struct answer *out, struct sp_error *err)
{
    struct lucene_state *state = engine->state;
    JNIEnv *env = state->env;
    if ((*env)->PushLocalFrame(env, FRAME_OBJECTS) != 0) {
        return SP_FAIL_NOMEM(err);
    }
    jobject top =
        (*env)->CallObjectMethod(env, state->searcher, state->search,
                                 state->prepared[number * MODE_COUNT + mode], (jint)TOP_K);
    enum sp_status status = check(env, "search", err);
    if (status == SP_OK) {
        jobjectArray docs = (*env)->GetObjectField(env, top, state->score_docs);
        out->count = (size_t)(*env)->GetArrayLength(env, docs);
        for (size_t i = 0; i < out->count && i < TOP_K; i++) {
            jobject doc = (*env)->GetObjectArrayElement(env, docs, (jsize)i);
            out->documents[i] = (uint32_t)(*env)->GetIntField(env, doc, state->doc);
        }
    }
    (*env)->PopLocalFrame(env, NULL);
    return status;
}

static void close_lucene(struct engine *engine)
{
    struct lucene_state *state = engine->state;
    if (state == NULL) {
        return;
    }
    if (state->machine != NULL) {
        (*state->machine)->DestroyJavaVM(state->machine);
    }
    free(state->prepared);
    free(state);
}

#else

static enum sp_status open_lucene(struct engine *engine, const struct corpus *corpus,
                                  const struct corpus_query *queries, size_t query_count,
                                  const char *directory, struct sp_error *err)
{
    (void)engine;
    (void)corpus;
    (void)queries;
    (void)query_count;
    (void)directory;
    return SP_FAIL(err, SP_UNSUPPORTED, "lucene", "Zbudowano bez JNI lub bez Lucene.",
                   "Built without JNI or without Lucene.");
}

static enum sp_status search_lucene(struct engine *engine, size_t number, unsigned mode,
                                    struct answer *out, struct sp_error *err)
{
    (void)engine;
    (void)number;
    (void)mode;
    (void)out;
    return SP_FAIL(err, SP_UNSUPPORTED, "lucene", "Zbudowano bez JNI lub bez Lucene.",
                   "Built without JNI or without Lucene.");
}

static void close_lucene(struct engine *engine)
{
    (void)engine;
}

#endif

struct engine engine_lucene(void)
{
    return (struct engine){
        .name = "lucene", .open = open_lucene, .search = search_lucene, .close = close_lucene};
}
